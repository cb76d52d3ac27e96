// The hello workload: one HTTP server on the socket that the runner names. Two endpoints live on it, as
// capability.yml declares them: /mcp (tools for agents) and /http (the page and a small API for people).

import { unlinkSync } from "node:fs";
import { reportReady, unixPath } from "./bridge.ts";
import { log } from "./log.ts";
import { handleMcp } from "./mcp.ts";
import { handleWeb } from "./web.ts";

const socket = unixPath("CAPAKIT_WORKLOAD_INGRESS_BIND");

// A socket file left by a dead instance would make listen() fail.
removeSocket();

const server = Bun.serve({
  unix: socket,
  idleTimeout: 60,
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const started = performance.now();
    const response = await route(request, pathname);
    log.info(`${request.method} ${pathname} ${response.status}`, {
      milliseconds: Math.round(performance.now() - started),
    });
    return response;
  },
  error(failure: Error): Response {
    log.error("request failed", { reason: failure.message });
    return Response.json({ error: "internal error" }, { status: 500 });
  },
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void stop(signal));
}

await reportReady();
log.info("ready", { socket });

function route(request: Request, pathname: string): Promise<Response> | Response {
  const web = below("/http", pathname);
  if (web !== null) {
    return handleWeb(request, web);
  }

  return below("/mcp", pathname) === "/" ? handleMcp(request) : Response.json({ error: "not found" }, { status: 404 });
}

// The rest of a path below an endpoint, "/" for the endpoint itself, null for a path outside it.
function below(endpoint: string, pathname: string): string | null {
  if (pathname === endpoint) {
    return "/";
  }

  return pathname.startsWith(`${endpoint}/`) ? pathname.slice(endpoint.length) : null;
}

async function stop(signal: string): Promise<void> {
  log.info("stopping", { signal });
  // Requests under way may finish; idle keep-alive connections do not hold us up.
  await Promise.race([server.stop(), Bun.sleep(2_000)]);
  removeSocket();
  process.exit(0);
}

function removeSocket(): void {
  try {
    unlinkSync(socket);
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== "ENOENT") {
      throw failure;
    }
  }
}
