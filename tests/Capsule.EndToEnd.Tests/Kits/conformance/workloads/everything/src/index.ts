// A server for the scenarios of @modelcontextprotocol/conformance, behind the workload SDK.
import { createWorkloadSdk } from "@capakit/sdk";
import { mountMcp } from "@capakit/sdk/mcp";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import {
  CallToolRequestSchema, CompleteRequestSchema, ErrorCode, GetPromptRequestSchema, ListPromptsRequestSchema, ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema, ListToolsRequestSchema, McpError, ReadResourceRequestSchema, SubscribeRequestSchema, UnsubscribeRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { prompts } from "./prompts.ts";
import { read, resources } from "./resources.ts";
import { add, tools } from "./tools.ts";

const sdk = createWorkloadSdk();
const mcp = new McpServer({ name: sdk.workloadMid, version: "1.0.0" }, { capabilities: { tools: {}, resources: { subscribe: true }, prompts: {}, logging: {}, completions: {} } });
add(mcp);

const found = <T>(value: T | undefined, name: string): T => {
  if (value === undefined) {
    throw new McpError(ErrorCode.InvalidParams, `there is no '${name}'`);
  }

  return value;
};
const subscribed = new Set<string>();
mcp.server.setRequestHandler(ListToolsRequestSchema, () => ({
  tools: Object.entries(tools).map(([name, { inputSchema }]) => ({ name, description: `For the scenario of ${name}.`, inputSchema: inputSchema! })),
}));
mcp.server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) => found(tools[params.name], params.name).call((params.arguments ?? {}) as Record<string, string>, extra));
mcp.server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources }));
mcp.server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
  resourceTemplates: [{ uriTemplate: "test://template/{id}/data", name: "template", description: "Data by id.", mimeType: "application/json" }],
}));
mcp.server.setRequestHandler(ReadResourceRequestSchema, ({ params }) => ({ contents: [found(read(params.uri), params.uri)] }));
mcp.server.setRequestHandler(SubscribeRequestSchema, ({ params }) => (subscribed.add(params.uri), {}));
mcp.server.setRequestHandler(UnsubscribeRequestSchema, ({ params }) => (subscribed.delete(params.uri), {}));
mcp.server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: Object.entries(prompts).map(([name, { args }]) => ({ name, description: `For the scenario of ${name}.`, arguments: args.map((a) => ({ name: a, description: a, required: true })) })) }));
mcp.server.setRequestHandler(GetPromptRequestSchema, ({ params }) => ({ messages: found(prompts[params.name], params.name).say(params.arguments ?? {}) }));
mcp.server.setRequestHandler(CompleteRequestSchema, ({ params }) => ({ completion: { values: ["paris", "park", "party"].filter((word) => word.startsWith(params.argument.value)), hasMore: false } }));
mountMcp(sdk, { endpoint: "/mcp", server: mcp });
await sdk.start();
