// The guide: an agent over A2A, and two MCP endpoints at paths of their own.

import { DefaultRequestHandler, InMemoryTaskStore } from "@a2a-js/sdk/server";
import { createWorkloadSdk } from "@capakit/sdk";
import { mountA2a } from "@capakit/sdk/a2a";
import { mountMcp } from "@capakit/sdk/mcp";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import { card, Teller } from "./agent.ts";
import { Guide } from "./places.ts";

const sdk = createWorkloadSdk();
sdk.hijackConsoleLogging();
const guide = await Guide.load(process.env.PHRASES ?? "phrases/en.json", process.env.STYLE);

mountA2a(sdk, { endpoint: "/a2a", requestHandler: new DefaultRequestHandler(card, new InMemoryTaskStore(), new Teller(guide)) });

const tools = new McpServer({ name: "guide", version: "1.0.0" });
tools.registerTool("list-places", { description: "The places that the guide knows.", outputSchema: { places: z.array(z.string()) } }, async () => ({
  content: [{ type: "text", text: guide.ids.join(", ") }],
  structuredContent: { places: guide.ids },
}));
tools.registerTool("tell", { description: "What there is to know of a place.", inputSchema: { place: z.string() } }, async ({ place }) => ({
  content: [{ type: "text", text: guide.tell(place).join("\n") }],
}));
mountMcp(sdk, { endpoint: "/tools", server: tools });

// Slow work has an endpoint of its own, whose timeout_ms says how long anybody waits.
const research = new McpServer({ name: "research", version: "1.0.0" });
research.registerTool("look-around", { description: "Looks around for so many milliseconds.", inputSchema: { milliseconds: z.number() } }, async ({ milliseconds }) => {
  await new Promise((done) => setTimeout(done, milliseconds));
  return { content: [{ type: "text", text: "Nothing new." }] };
});
mountMcp(sdk, { endpoint: "/research", server: research });

await sdk.start();
