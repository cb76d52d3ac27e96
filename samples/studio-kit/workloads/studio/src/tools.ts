import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import type { Notes } from "./notes.ts";

export function createServer(notes: Notes): McpServer {
  const server = new McpServer({ name: process.env.CAPAKIT_WORKLOAD_MID ?? "studio", version: "1.0.0" });

  server.registerTool("list-notes", { description: "The notes that can be asked about.", outputSchema: { notes: z.array(z.string()) } }, async () =>
    answer({ notes: await notes.list() }),
  );

  server.registerTool(
    "ask",
    { description: "What the model says about a note.", inputSchema: { note: z.string() }, outputSchema: { note: z.string(), answer: z.string() } },
    async ({ note }) => answer(await notes.ask(note)),
  );
  return server;
}

function answer(structuredContent: Record<string, unknown>) {
  return { content: [{ type: "text" as const, text: JSON.stringify(structuredContent) }], structuredContent };
}
