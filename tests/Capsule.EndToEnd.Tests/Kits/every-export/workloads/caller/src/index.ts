// The workload that calls: every client of the SDK, and what each of them got.
import { createWorkloadSdk, endpointPath, hostMountKey, hostMountMid, secretKey, secretMid, workloadKey, workloadMid, type EndpointPath, type WorkloadMid } from "@capakit/sdk";
import { createA2aClient } from "@capakit/sdk/a2a";
import { createAnthropicClient } from "@capakit/sdk/anthropic";
import { createGoogleAiStudioClient } from "@capakit/sdk/google-ai-studio";
import { createMcpClient } from "@capakit/sdk/mcp";
import { createOaicClient } from "@capakit/sdk/oaic";
import type { ConnectedEndpoint, HostMount } from "@capakit/sdk/public-types";
import { connectWebSocket } from "@capakit/sdk/websocket";

// @ts-expect-error: a text is no id until it is checked
export const unchecked: WorkloadMid = "agent";
// @ts-expect-error: a secret is no workload
export const other: WorkloadMid = secretMid("token");

const sdk = createWorkloadSdk();
sdk.hijackConsoleLogging();
const agent = workloadMid("agent");
const relay = workloadKey("relay");

sdk.mount({
  protocol: "http",
  endpoint: "/http",
  async handler(request) {
    return new URL(request.url).pathname === "/report" ? Response.json({ ...(await plain()), ...(await protocols()), ...(await mcpOnTheWire()), ...(await relayed()) }) : new Response(null, { status: 404 });
  },
});
await sdk.start();

async function plain() {
  const http: ConnectedEndpoint = sdk.workloads.endpoint(agent, endpointPath("/http"));
  const json = async (path: string) => {
    const response = await http.fetch(path);
    return [response.status, ((await response.json()) as { error?: string }).error] as const;
  };
  const streamed = await http.fetch("/http/stream");
  const chunks: string[] = [];
  for await (const chunk of streamed.body!.pipeThrough(new TextDecoderStream())) {
    chunks.push(chunk.trim());
  }

  const endpoints: ReadonlyMap<EndpointPath, ConnectedEndpoint> | undefined = sdk.workloads.workloads.get(agent);
  const mounts: HostMount[] = sdk.mounts.list();
  return {
    http: await (await http.fetch("/http/some/path?q=1", { method: "POST", body: "text" })).json(),
    exact: ((await (await http.fetch("/http")).json()) as { pathname: string }).pathname,
    deep: await (await http.fetch(new Request("http://capakit.local/http/deep/er"))).text(),
    none: await json("/absent"),
    failure: await json("/http/fail"),
    cookies: (await http.fetch("/http/cookies")).headers.getSetCookie(),
    streamed: chunks.join(),
    unknown: said(() => sdk.workloads.endpoint(agent, "/other")),
    connected: [...(endpoints?.keys() ?? [])],
    mounts: [mounts.length, said(() => sdk.mounts.get(hostMountMid(hostMountKey("notes")))) ],
    secret: await secret(),
    refusal: await sdk.secrets.resolve(secretKey("token")).catch((problem: Error) => problem.message),
  };
}

/** The same value by both of its names, and nothing of it in the answer. */
async function secret() {
  const seed: string = await sdk.secrets.resolve(secretKey("seed"));
  return seed.length >= 16 && seed === (await sdk.secrets.resolve(secretMid("seed")));
}

async function protocols() {
  const mcp = await createMcpClient(sdk, agent, "/mcp");
  const openai = createOaicClient(sdk, agent, "/oaic");
  const words: (string | null | undefined)[] = [];
  for await (const chunk of await openai.chat.completions.create({ model: "m", messages: [], stream: true })) {
    words.push(chunk.choices[0]?.delta.content);
  }

  const a2a = await createA2aClient(sdk, agent, endpointPath("/a2a"));
  const message = { kind: "message" as const, role: "user" as const, messageId: "1", parts: [{ kind: "text" as const, text: "again" }] };
  const sent = await a2a.sendMessage({ message });
  const part = "result" in sent && sent.result.kind === "message" ? sent.result.parts[0] : undefined;
  const events: string[] = [];
  for await (const event of a2a.sendMessageStream({ message })) {
    events.push(event.kind);
  }

  const added = await mcp.callTool({ name: "add", arguments: { a: 1, b: 2 } });
  return {
    tools: (await mcp.listTools()).tools.map((tool) => tool.name),
    sum: (added.structuredContent as { sum: number }).sum,
    chat: (await openai.chat.completions.create({ model: "m", messages: [] })).choices[0]?.message.content,
    words,
    echo: part?.kind === "text" ? part.text : null,
    events,
  };
}

/** What a client of another making sees: three forms of answers, batches, notifications, and a caller that goes. */
async function mcpOnTheWire() {
  const post = (body: string, accept: string, type = "application/json", signal?: AbortSignal) =>
    sdk.workloads.endpoint(agent, "/mcp").fetch("/mcp", { method: "POST", body, headers: { accept, "content-type": type }, ...(signal ? { signal } : {}) });
  const text = async (answer: Promise<Response>) => `${(await answer).status} ${(await answer).headers.get("content-type")} ${(await (await answer).text()).trim()}`;
  const ping = (id: number) => JSON.stringify({ jsonrpc: "2.0", id, method: "ping" });
  const note = JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" });
  const call = (name: string) => JSON.stringify({ jsonrpc: "2.0", id: 9, method: "tools/call", params: { name } });

  const leaving = new AbortController();
  const waiting = await post(call("wait"), "text/event-stream", "application/json", leaving.signal);
  const reader = waiting.body!.pipeThrough(new TextDecoderStream()).getReader();
  const first = (await reader.read()).value ?? "";
  leaving.abort();
  await reader.cancel().catch(() => {});
  const { structuredContent } = JSON.parse(await (await post(call("cancelled"), "application/json")).text()).result;
  return {
    json: await text(post(ping(1), "application/json, text/event-stream")),
    sse: await text(post(ping(2), "text/event-stream, application/json")),
    lines: await text(post(`${ping(3)}\n${ping(4)}\n`, "*/*", "application/x-ndjson")),
    batch: await text(post(`[${ping(5)},${note}]`, "application/json")),
    notification: (await post(note, "application/json")).status,
    broken: (await post("{", "application/json")).status,
    other: (await sdk.workloads.endpoint(agent, "/mcp").fetch("/mcp")).status,
    first,
    left: structuredContent.cancelled,
  };
}

async function relayed() {
  const anthropic = createAnthropicClient(sdk, relay, "/http", { maxRetries: 0 });
  const google = createGoogleAiStudioClient(sdk, relay, "/http");
  const socket = await connectWebSocket(sdk, relay, "/http");
  const answer = new Promise<string>((resolve) => socket.on("message", (data) => resolve(data.toString())));
  socket.send("x".repeat(70_000));
  try {
    return {
      anthropic: (await anthropic.messages.create({ model: "m", max_tokens: 1, messages: [] })).model,
      google: (await google.models.generateContent({ model: "m", contents: "x" })).text,
      socket: await answer,
    };
  } finally {
    socket.close();
  }
}

function said(act: () => unknown): string {
  try {
    act();
    return "";
  } catch (problem) {
    return (problem as Error).message;
  }
}
