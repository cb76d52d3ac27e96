import { connectedTransport } from "./lib/mcp-client.js";
import { McpEndpoint } from "./lib/mcp-server.js";
import { needed, optional } from "./lib/peers.js";
import { version } from "./version.js";

/** Serves one MCP server to all callers of an endpoint. */
export function mountMcp(sdk, { endpoint, server }) {
  const mcp = new McpEndpoint();
  sdk.mount({
    protocol: "mcp",
    endpoint,
    handler: (request) => mcp.handle(request),
    start: () => server.connect(mcp.transport),
    stop: () => server.close(),
  });
}

/** The official MCP client, connected to a workload. */
export async function createMcpClient(sdk, workload, endpoint) {
  const { Client } = needed(await optional(() => import("@modelcontextprotocol/sdk/client/index.js")), "@modelcontextprotocol/sdk", "createMcpClient");
  const client = new Client({ name: "@capakit/sdk", version });
  await client.connect(connectedTransport(sdk.workloads.endpoint(workload, endpoint)));
  sdk.onStop(() => client.close());
  return client;
}
