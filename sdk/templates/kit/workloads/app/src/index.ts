// One HTTP server on the socket that the runner names, with the two endpoints that capability.yml declares.

import { unlinkSync } from "node:fs";
import { reportReady, unixPath } from "./bridge.ts";
import { handleMcp } from "./mcp.ts";

const socket = unixPath("CAPAKIT_WORKLOAD_INGRESS_BIND");

// A socket file left by a dead instance would make listen() fail.
removeSocket();

const server = Bun.serve({
  unix: socket,
  fetch(request: Request): Promise<Response> | Response {
    const { pathname } = new URL(request.url);
    if (pathname === "/mcp" || pathname === "/mcp/") {
      return handleMcp(request);
    }

    return pathname === "/http" || pathname === "/http/" ? page(request) : Response.json({ error: "not found" }, { status: 404 });
  },
  error(failure: Error): Response {
    console.error(failure.message);
    return Response.json({ error: "internal error" }, { status: 500 });
  },
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void stop());
}

await reportReady();

function page(request: Request): Response {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return new Response(null, { status: 405, headers: { allow: "GET, HEAD" } });
  }

  return new Response(Bun.file(new URL("../web/index.html", import.meta.url)), {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      "x-content-type-options": "nosniff",
    },
  });
}

async function stop(): Promise<void> {
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
