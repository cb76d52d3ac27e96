import { hostName } from "./lib/client.js";
import { needed, optional } from "./lib/peers.js";

const server = await optional(() => import("@a2a-js/sdk/server"));
const client = await optional(() => import("@a2a-js/sdk/client"));
const cardPath = "/.well-known/agent-card.json";

/** Serves an agent: its card, and its methods as JSON-RPC. */
export function mountA2a(sdk, { endpoint, requestHandler }) {
  const { JsonRpcTransportHandler } = needed(server, "@a2a-js/sdk", "mountA2a");
  const rpc = new JsonRpcTransportHandler(requestHandler);
  sdk.mount({
    protocol: "a2a",
    endpoint,
    async handler(request) {
      const path = new URL(request.url).pathname;
      if (request.method === "GET" && path.endsWith(cardPath)) {
        return Response.json(publicCard(await requestHandler.getAgentCard(), request));
      }

      if (request.method !== "POST") {
        return Response.json({ error: "not found" }, { status: 404 });
      }

      let call;
      try {
        call = JSON.parse(await request.text());
      } catch {
        return Response.json({ jsonrpc: "2.0", id: null, error: { code: -32700, message: "Parse error" } }, { status: 400 });
      }

      const answer = await rpc.handle(call);
      return Symbol.asyncIterator in answer ? stream(answer, request) : Response.json(answer);
    },
  });
}

/** The official A2A client, connected to an agent's workload. */
export async function createA2aClient(sdk, workload, endpoint) {
  const { A2AClient } = needed(client, "@a2a-js/sdk", "createA2aClient");
  const connected = sdk.workloads.endpoint(workload, endpoint);
  const response = await connected.fetch(`${connected.endpoint}${cardPath}`);
  if (!response.ok) {
    throw new Error(`${connected.workloadMid}${connected.endpoint} has no agent card: it answered ${response.status}`);
  }

  // Wherever the card says that the agent lives, this client reaches it through the connection.
  const card = { ...(await response.json()), url: `http://${hostName}${connected.endpoint}`, preferredTransport: "JSONRPC", additionalInterfaces: undefined };
  return new A2AClient(card, { fetchImpl: async (input, init) => asEvents(await connected.fetch(input, init)) });
}

/** Nobody knows the public address before a Kit runs: a card that names the local host is given the address by which it was asked for. */
function publicCard(card, request) {
  const host = request.headers.get("x-forwarded-host");
  return host === null || !URL.canParse(card.url) || new URL(card.url).hostname !== hostName ? card
    : { ...card, url: `${request.headers.get("x-forwarded-proto") ?? "http"}://${host}${request.headers.get("x-forwarded-prefix") ?? ""}` };
}

/** Lines of JSON; events for a caller that asks for them, as the standard does. */
function stream(answers, request) {
  const events = (request.headers.get("accept") ?? "").includes("text/event-stream");
  const text = new TextEncoder();
  const body = new ReadableStream({
    async pull(controller) {
      const { done, value } = await answers.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(text.encode(events ? `data: ${JSON.stringify(value)}\n\n` : `${JSON.stringify(value)}\n`));
      }
    },
    async cancel() {
      await answers.return(undefined);
    },
  });
  return new Response(body, { headers: { "content-type": events ? "text/event-stream" : "application/jsonl", "cache-control": "no-cache" } });
}

/** The official client reads events only. */
function asEvents(response) {
  if (!response.headers.get("content-type")?.startsWith("application/jsonl") || response.body === null) {
    return response;
  }

  let rest = "";
  const turn = new TransformStream({
    transform(chunk, controller) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines.filter((line) => line.length > 0)) {
        controller.enqueue(`data: ${line}\n\n`);
      }
    },
    flush(controller) {
      if (rest.length > 0) {
        controller.enqueue(`data: ${rest}\n\n`);
      }
    },
  });
  const body = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(turn).pipeThrough(new TextEncoderStream());
  return new Response(body, { status: response.status, headers: { "content-type": "text/event-stream" } });
}
