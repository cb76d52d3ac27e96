import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { z } from "zod";
import { countWords, greet } from "./words.ts";

function createServer(): McpServer {
  const server = new McpServer({ name: process.env.CAPAKIT_WORKLOAD_MID ?? "hello", version: "1.0.0" });

  server.registerTool(
    "greet",
    {
      title: "Greet",
      description: "Greets someone by name.",
      inputSchema: { name: z.string().max(200).describe("Who is greeted") },
      outputSchema: { greeting: z.string(), name: z.string() },
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    ({ name }) => {
      const result = { greeting: greet(name), name };
      return { content: [{ type: "text", text: result.greeting }], structuredContent: result };
    },
  );

  server.registerTool(
    "count-words",
    {
      title: "Count words",
      description: "Counts the words and characters of a text and names its longest word.",
      inputSchema: { text: z.string().max(100_000).describe("The text to count") },
      outputSchema: { words: z.number().int(), characters: z.number().int(), longest: z.string() },
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    ({ text }) => {
      const result = countWords(text);
      return { content: [{ type: "text", text: `${result.words} words` }], structuredContent: result };
    },
  );

  return server;
}

/** One exchange of the streamable HTTP transport. There are no sessions, so each request has a server of its own. */
export async function handleMcp(request: Request): Promise<Response> {
  if (request.method !== "POST") {
    return new Response(null, { status: 405, headers: { allow: "POST" } });
  }

  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: undefined,
    enableJsonResponse: true,
  });
  await createServer().connect(transport);
  return transport.handleRequest(request);
}
