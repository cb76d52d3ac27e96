import { hostName } from "./client.js";

/** Tells a Relay which address of the provider is meant. */
const upstreamPath = "x-capakit-external-llm-upstream-path";

/** The base address of a connected endpoint for a provider's client, and the fetch that brings its requests there. */
export function clientFetch(sdk, workload, path, host = hostName) {
  const connected = sdk.workloads.endpoint(workload, path);
  const below = connected.endpoint === "/" ? "" : connected.endpoint;
  return {
    base: `http://${host}${below}`,
    async fetch(input, init) {
      const request = new Request(input, init?.body instanceof ReadableStream ? { ...init, duplex: "half" } : init);
      const address = new URL(request.url);
      const target = address.pathname.startsWith(`${below}/`) ? address.pathname.slice(below.length) : address.pathname;
      request.headers.set(upstreamPath, target + address.search);
      return connected.fetch(request);
    },
  };
}
