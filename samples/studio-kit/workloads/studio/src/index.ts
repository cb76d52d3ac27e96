// The studio: a page with its API at /http, and the same as tools for agents at /mcp.

import { createWorkloadSdk, endpointPath } from "@capakit/sdk";
import { mountMcp } from "@capakit/sdk/mcp";
import { Notes } from "./notes.ts";
import { createServer } from "./tools.ts";
import { createWeb } from "./web.ts";

const sdk = createWorkloadSdk({ onShutdown: ({ cause }) => console.log(`stopping: ${cause.kind}`) });
sdk.hijackConsoleLogging();

const notes = new Notes(sdk);
sdk.mount({ protocol: "http", endpoint: endpointPath("/http"), handler: createWeb(sdk, notes) });
mountMcp(sdk, { endpoint: "/mcp", server: createServer(notes) });
await sdk.start();
