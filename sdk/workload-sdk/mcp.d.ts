import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { EndpointInput, WorkloadMid, WorkloadSdk } from "./index.js";

export interface McpMount {
  endpoint: EndpointInput;
  server: McpServer | Server;
}

/** Serves one MCP server to all callers of an endpoint; their requests are answered one after the other. */
export function mountMcp(sdk: WorkloadSdk, mount: McpMount): void;

/** The official client, initialized; it ends with the SDK. */
export function createMcpClient(sdk: WorkloadSdk, workload: WorkloadMid, endpoint: EndpointInput): Promise<Client>;
