// The workload that is called: it serves every protocol.
import { createWorkloadSdk, endpointPath, type WorkloadSdk, type WorkloadShutdownCause } from "@capakit/sdk";
import { mountA2a } from "@capakit/sdk/a2a";
import { mountMcp } from "@capakit/sdk/mcp";
import { mountOaic } from "@capakit/sdk/oaic";
import { mountTests } from "@capakit/sdk/testing";
import type { WorkloadHttpHandlerContext } from "@capakit/sdk/public-types";
import type { AgentCard } from "@a2a-js/sdk";
import { DefaultRequestHandler, InMemoryTaskStore, type AgentExecutor, type ExecutionEventBus, type RequestContext } from "@a2a-js/sdk/server";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";

const sdk: WorkloadSdk = createWorkloadSdk({
  onPresenceStart: ({ presenceId, workloadMid }) => console.log(`starting ${workloadMid} ${presenceId.length}`),
  onShutdown: ({ cause }: { cause: WorkloadShutdownCause }) => console.log(`cause ${cause.kind === "signal" ? cause.signal : cause.kind}`),
});
sdk.hijackConsoleLogging();

sdk.mount({
  protocol: "http",
  endpoint: endpointPath("/http"),
  async handler(request: Request, context: WorkloadHttpHandlerContext) {
    const { pathname, search } = new URL(request.url);
    if (pathname === "/cookies") {
      const headers = new Headers();
      headers.append("set-cookie", "a=1");
      headers.append("set-cookie", "b=2");
      return new Response(null, { headers });
    }

    if (pathname === "/fail") {
      throw new Error("as it was asked to");
    }

    if (pathname === "/stream") {
      const text = new TextEncoder();
      return new Response(new ReadableStream({
        async start(controller) {
          controller.enqueue(text.encode("first\n"));
          await new Promise((done) => setTimeout(done, 150));
          controller.enqueue(text.encode("second\n"));
          controller.close();
        },
      }));
    }

    return Response.json({ pathname, search, method: request.method, body: await request.text(), protocol: context.protocol, endpoint: context.endpoint });
  },
});
sdk.mount({ protocol: "http", endpoint: "/http/deep", handler: () => new Response("deep") });

const server = new McpServer({ name: sdk.workloadMid, version: "1.0.0" }, { capabilities: { logging: {} } });
server.registerTool("add", { inputSchema: { a: z.number(), b: z.number() }, outputSchema: { sum: z.number() } }, async ({ a, b }) => ({
  content: [{ type: "text", text: String(a + b) }],
  structuredContent: { sum: a + b },
}));
let cancelled = 0;
server.registerTool("wait", {}, ({ signal, sendNotification }) => new Promise((_, reject) => {
  void sendNotification({ method: "notifications/message", params: { level: "info", data: "waiting" } });
  signal.addEventListener("abort", () => {
    cancelled++;
    reject(new Error("cancelled"));
  });
}));
server.registerTool("cancelled", { outputSchema: { cancelled: z.number() } }, async () => ({ content: [], structuredContent: { cancelled } }));
mountMcp(sdk, { endpoint: "/mcp", server });

mountOaic(sdk, {
  endpoint: endpointPath("/oaic"),
  async handler(request) {
    const path = new URL(request.url).pathname;
    const { model, stream } = await request.json() as { model: string; stream?: boolean };
    const upstream = request.headers.get("x-capakit-external-llm-upstream-path");
    if (stream) {
      const chunk = (content: string) => `data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 1, model, choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;
      return new Response(chunk("a") + chunk("b") + "data: [DONE]\n\n", { headers: { "content-type": "text/event-stream" } });
    }

    return Response.json({
      id: "1", object: "chat.completion", created: 1, model,
      choices: [{ index: 0, finish_reason: "stop", logprobs: null, message: { role: "assistant", refusal: null, content: `${path} ${upstream} ${request.headers.get("authorization")}` } }],
    });
  },
});

const card: AgentCard = {
  name: "echo", description: "Says it again.", protocolVersion: "0.3.0", version: "1.0.0", url: "http://somewhere.else/",
  capabilities: { streaming: true }, defaultInputModes: ["text"], defaultOutputModes: ["text"],
  skills: [{ id: "echo", name: "echo", description: "Says it again.", tags: [] }],
};
class Echo implements AgentExecutor {
  async execute({ userMessage, contextId }: RequestContext, bus: ExecutionEventBus): Promise<void> {
    const [part] = userMessage.parts;
    bus.publish({ kind: "message", role: "agent", messageId: "m", contextId, parts: [{ kind: "text", text: part?.kind === "text" ? part.text : "" }] });
    bus.finished();
  }

  cancelTask = async (): Promise<void> => {};
}
mountA2a(sdk, { endpoint: "/a2a", requestHandler: new DefaultRequestHandler(card, new InMemoryTaskStore(), new Echo()) });

mountTests(sdk, { tests: { passes: () => ({ fine: true }), fails: () => { throw new Error("it does"); } } });
await sdk.start();
console.warn("ready", { to: "serve" });
