import { clientFetch } from "./lib/provider.js";
import { needed, optional } from "./lib/peers.js";

const genai = await optional(() => import("@google/genai"));
const routes = new Map();
let patched = false;

/** The official client of Google AI Studio, whose requests go to a connected workload. */
export function createGoogleAiStudioClient(sdk, workload, endpoint, options = {}) {
  const { GoogleGenAI } = needed(genai, "@google/genai", "createGoogleAiStudioClient");
  // The client takes no fetch of ours, so it gets a host of its own, which only our fetch knows.
  const host = `${String(workload).replaceAll("_", "-")}.capakit.local`;
  const { base, fetch } = clientFetch(sdk, workload, endpoint, host);
  routes.set(base, fetch);
  patch();
  return new GoogleGenAI({ ...options, apiKey: "capakit-local", httpOptions: { ...options.httpOptions, baseUrl: base, apiVersion: "v1beta" } });
}

/** Every other address goes where it went before. */
function patch() {
  if (patched) {
    return;
  }

  patched = true;
  const original = globalThis.fetch;
  globalThis.fetch = Object.assign((input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const route = [...routes].find(([base]) => address === base || address.startsWith(`${base}/`));
    return route ? route[1](input, init) : original(input, init);
  }, original);
}
