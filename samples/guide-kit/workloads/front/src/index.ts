// The page: what the agent tells streams through as it comes; questions go to a model of a provider's, whose key no sandbox has.

import { createWorkloadSdk, endpointPath, workloadMid } from "@capakit/sdk";

const sdk = createWorkloadSdk();
sdk.hijackConsoleLogging();
const guide = sdk.workloads.endpoint(workloadMid("guide"), endpointPath("/a2a"));
const claude = sdk.workloads.endpoint(workloadMid("claude"), endpointPath("/http"));
const gemini = sdk.workloads.endpoint(workloadMid("gemini"), endpointPath("/http"));

sdk.mount({
  protocol: "http",
  endpoint: endpointPath("/http"),
  async handler(request) {
    const { pathname, searchParams } = new URL(request.url);
    switch (pathname) {
      case "/tour":
        return tour(searchParams.get("place") ?? "lisbon");
      case "/ask/claude":
        return Response.json({ answer: await askClaude(await questionOf(request)) });
      case "/ask/gemini":
        return Response.json({ answer: await askGemini(await questionOf(request)) });
      default:
        return new Response("GET /tour?place=lisbon, POST /ask/claude {question}, POST /ask/gemini {question}\n");
    }
  },
});
await sdk.start();

/** The agent answers with lines of JSON-RPC; what it says in each of them is passed on at once. */
async function tour(place: string): Promise<Response> {
  const answer = await guide.fetch(guide.endpoint, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      jsonrpc: "2.0",
      id: 1,
      method: "message/stream",
      params: { message: { kind: "message", role: "user", messageId: crypto.randomUUID(), parts: [{ kind: "text", text: place }] } },
    }),
  });
  let rest = "";
  const words = new TransformStream<string, string>({
    transform(chunk, controller) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        for (const part of JSON.parse(line).result?.artifact?.parts ?? []) {
          controller.enqueue(`${part.text}\n`);
        }
      }
    },
  });
  return new Response(answer.body!.pipeThrough(new TextDecoderStream()).pipeThrough(words).pipeThrough(new TextEncoderStream()), { headers: { "content-type": "text/plain" } });
}

async function askClaude(question: string): Promise<string> {
  const said = await post(claude, "/v1/messages", { model: "claude-haiku-4-5", max_tokens: 200, messages: [{ role: "user", content: question }] }, { "anthropic-version": "2023-06-01" });
  return said.content[0].text;
}

async function askGemini(question: string): Promise<string> {
  const said = await post(gemini, "/v1beta/models/gemini-2.5-flash:generateContent", { contents: [{ parts: [{ text: question }] }] });
  return said.candidates[0].content.parts[0].text;
}

/** What lies below the endpoint of a Relay is the path at the provider. */
async function post(relay: typeof claude, path: string, body: unknown, headers: Record<string, string> = {}) {
  const answer = await relay.fetch(`${relay.endpoint}${path}`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
  if (!answer.ok) {
    throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`);
  }

  return await answer.json();
}

async function questionOf(request: Request): Promise<string> {
  return ((await request.json()) as { question: string }).question;
}
