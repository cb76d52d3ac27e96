import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { WebStandardStreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js";
import { z } from "zod";

function createServer(): McpServer {
  const server = new McpServer({ name: "starter-kit", version: "0.1.0" });

  server.registerTool(
    "greet",
    {
      title: "Greet",
      description: "Greets someone by name.",
      inputSchema: { name: z.string().max(200).describe("Who is greeted") },
      outputSchema: { greeting: z.string() },
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    ({ name }) => {
      const greeting = `Hello, ${name.trim() || "world"}!`;
      return { content: [{ type: "text", text: greeting }], structuredContent: { greeting } };
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
