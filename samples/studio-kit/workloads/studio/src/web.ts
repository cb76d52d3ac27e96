import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { workloadMid, type WorkloadSdk } from "@capakit/sdk";
import { connectWebSocket } from "@capakit/sdk/websocket";
import type { Notes } from "./notes.ts";

const types: Record<string, string> = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css" };

/** The API below /api, and the page that Vite has built. */
export function createWeb(sdk: WorkloadSdk, notes: Notes) {
  return async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    switch (pathname) {
      case "/api/notes":
        return Response.json(await notes.list());
      case "/api/ask":
        return Response.json(await notes.ask(searchParams.get("note") ?? ""));
      case "/api/beat":
        return Response.json({ beat: await oneBeat(sdk) });
      default:
        return await file(pathname === "/" ? "/index.html" : pathname);
    }
  };
}

/** Dials the WebSocket of the other workload and takes one message. */
async function oneBeat(sdk: WorkloadSdk): Promise<string> {
  const socket = await connectWebSocket(sdk, workloadMid("pulse"), "/http");
  try {
    return await new Promise((resolve, reject) => {
      socket.addEventListener("message", ({ data }) => resolve(String(data)));
      socket.addEventListener("close", ({ code }) => reject(new Error(`the pulse ended with ${code}`)));
    });
  } finally {
    socket.close();
  }
}

async function file(path: string): Promise<Response> {
  try {
    const content = await readFile(join("dist", normalize(path)));
    return new Response(content, { headers: { "content-type": types[extname(path)] ?? "application/octet-stream" } });
  } catch {
    return Response.json({ error: "not found" }, { status: 404 });
  }
}
