import type { A2AClient } from "@a2a-js/sdk/client";
import type { A2ARequestHandler } from "@a2a-js/sdk/server";
import type { EndpointInput, WorkloadMid, WorkloadSdk } from "./index.js";

export interface A2aMount {
  endpoint: EndpointInput;
  requestHandler: A2ARequestHandler;
}

/** Serves an agent: its card under `/.well-known/agent-card.json`, and its methods as JSON-RPC. */
export function mountA2a(sdk: WorkloadSdk, mount: A2aMount): void;

/** The official client; it has read the agent's card. */
export function createA2aClient(sdk: WorkloadSdk, workload: WorkloadMid, endpoint: EndpointInput): Promise<A2AClient>;
