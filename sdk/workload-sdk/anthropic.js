import { clientFetch } from "./lib/provider.js";
import { needed, optional } from "./lib/peers.js";

const anthropic = await optional(() => import("@anthropic-ai/sdk"));

/** The official client of Anthropic, whose requests go to a connected workload. */
export function createAnthropicClient(sdk, workload, endpoint, options = {}) {
  const Anthropic = needed(anthropic, "@anthropic-ai/sdk", "createAnthropicClient").default;
  const { base, fetch } = clientFetch(sdk, workload, endpoint);
  return new Anthropic({ ...options, baseURL: base, apiKey: "capakit-local", fetch });
}
