import type Anthropic from "@anthropic-ai/sdk";
import type { ClientOptions } from "@anthropic-ai/sdk";
import type { EndpointInput, WorkloadMid, WorkloadSdk } from "./index.js";

/** The official client; its requests go to a connected workload, for example a Relay. */
export function createAnthropicClient(
  sdk: WorkloadSdk,
  workload: WorkloadMid,
  endpoint: EndpointInput,
  options?: Omit<ClientOptions, "apiKey" | "baseURL" | "fetch">,
): Anthropic;
