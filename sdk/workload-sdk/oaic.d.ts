import type { ClientOptions, OpenAI } from "openai";
import type { EndpointInput, WorkloadHttpEndpoint, WorkloadMid, WorkloadSdk } from "./index.js";

export type OaicMount = Omit<WorkloadHttpEndpoint, "protocol">;

/** Serves an endpoint that speaks like OpenAI's API. */
export function mountOaic(sdk: WorkloadSdk, mount: OaicMount): void;

/** The official client; its requests go to `<endpoint>/v1`. */
export function createOaicClient(
  sdk: WorkloadSdk,
  workload: WorkloadMid,
  endpoint: EndpointInput,
  options?: Omit<ClientOptions, "apiKey" | "baseURL" | "fetch">,
): OpenAI;
