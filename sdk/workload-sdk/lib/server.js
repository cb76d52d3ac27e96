import { unlinkSync } from "node:fs";
import http from "node:http";
import { hostName } from "./client.js";

const lastRequests = 2_000;

/**
 * The server that the runner forwards to: each request goes to the mounted endpoint with the longest path.
 */
export class IngressServer {
  #bind;
  #find;
  #server = null;

  /**
   * @param bind Where it listens.
   * @param find The handler for a path, and the path that it is to see; null when there is none.
   */
  constructor(bind, find) {
    this.#bind = bind;
    this.#find = find;
  }

  async listen() {
    this.#unlink();
    const server = http.createServer((incoming, outgoing) => void this.#serve(incoming, outgoing));
    server.requestTimeout = 0;
    server.on("upgrade", (_, socket) => socket.destroy());
    await new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen("path" in this.#bind ? { path: this.#bind.path } : { host: this.#bind.host, port: this.#bind.port }, () => {
        server.off("error", reject);
        resolve(undefined);
      });
    });
    this.#server = server;
  }

  /** Requests under way may end within two seconds. */
  async close() {
    const server = this.#server;
    if (server === null) {
      return;
    }

    this.#server = null;
    const closed = new Promise((resolve) => server.close(() => resolve(undefined)));
    server.closeIdleConnections?.();
    let timer;
    await Promise.race([closed, new Promise((resolve) => (timer = setTimeout(resolve, lastRequests)))]);
    clearTimeout(timer);
    server.closeAllConnections?.();
    this.#unlink();
  }

  async #serve(incoming, outgoing) {
    const gone = new AbortController();
    outgoing.on("close", () => {
      if (!outgoing.writableFinished) {
        gone.abort();
      }
    });
    try {
      const [path, query] = split(incoming.url ?? "/");
      const found = this.#find(path);
      const body = await bodyOf(incoming);
      await answer(outgoing, found === null ? json(404, "not found") : await found.handle(requestOf(incoming, found.path + query, body, gone.signal)), incoming.method, gone.signal);
    } catch (problem) {
      if (outgoing.headersSent || gone.signal.aborted) {
        outgoing.destroy();
        return;
      }

      await answer(outgoing, json(500, problem instanceof Error ? problem.message : String(problem)), incoming.method, gone.signal).catch(() => outgoing.destroy());
    }
  }

  #unlink() {
    if ("file" in this.#bind && this.#bind.file) {
      try {
        unlinkSync(this.#bind.path);
      } catch (problem) {
        if (problem?.code !== "ENOENT") {
          throw problem;
        }
      }
    }
  }
}

export function json(status, error) {
  return Response.json({ error }, { status });
}

function split(address) {
  const plain = address.startsWith("/") ? address : new URL(address, `http://${hostName}`).href.slice(`http://${hostName}`.length);
  const query = plain.indexOf("?");
  return query < 0 ? [plain, ""] : [plain.slice(0, query), plain.slice(query)];
}

async function bodyOf(incoming) {
  const chunks = [];
  for await (const chunk of incoming) {
    chunks.push(chunk);
  }

  return incoming.method === "GET" || incoming.method === "HEAD" || chunks.length === 0 ? undefined : Buffer.concat(chunks);
}

function requestOf(incoming, target, body, signal) {
  const headers = new Headers();
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i], incoming.rawHeaders[i + 1]);
  }

  return new Request(`http://${hostName}${target}`, { method: incoming.method, headers, body, signal });
}

async function answer(outgoing, response, method, signal) {
  if (!(response instanceof Response)) {
    throw new TypeError("the handler did not return a Response");
  }

  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) {
    if (name !== "set-cookie") {
      outgoing.setHeader(name, value);
    }
  }

  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) {
    outgoing.setHeader("set-cookie", cookies);
  }

  if (response.body === null || method === "HEAD") {
    await response.body?.cancel();
    outgoing.end();
    return;
  }

  const reader = response.body.getReader();
  const cancel = () => void reader.cancel().catch(() => {});
  signal.addEventListener("abort", cancel, { once: true });
  // Whoever waits for the first line of a stream sees the head at once.
  outgoing.flushHeaders();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || signal.aborted) {
      break;
    }

    if (!outgoing.write(value)) {
      await new Promise((resolve) => {
        outgoing.once("drain", resolve);
        outgoing.once("close", resolve);
      });
    }
  }

  signal.removeEventListener("abort", cancel);
  outgoing.end();
}
