import { clientFetch } from "./lib/provider.js";
import { needed, optional } from "./lib/peers.js";

const openai = await optional(() => import("openai"));

/** Serves an endpoint that speaks like OpenAI's API. */
export function mountOaic(sdk, { endpoint, handler, start, stop }) {
  sdk.mount({ protocol: "oaic", endpoint, handler, start, stop });
}

/** The official client of OpenAI, whose requests go to a connected workload. */
export function createOaicClient(sdk, workload, endpoint, options = {}) {
  const OpenAI = needed(openai, "openai", "createOaicClient").default;
  const { base, fetch } = clientFetch(sdk, workload, endpoint);
  return new OpenAI({ ...options, baseURL: `${base}/v1`, apiKey: "capakit-local", fetch });
}
