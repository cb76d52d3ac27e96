import http from "node:http";
import { connectTo } from "./binds.js";

/** The host of every address inside a Kit; connections are chosen by their bind, never by a name. */
export const hostName = "capakit.local";

const hopByHop = new Set(["connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"]);
const withoutBody = new Set([204, 205, 304]);

/**
 * A `fetch` whose requests all go to one bind; of an address only path and query count.
 * @returns {(input: string | URL | Request, init?: RequestInit) => Promise<Response>}
 */
export function fetchOver(bind) {
  return async (input, init) => {
    const request = input instanceof Request ? new Request(input, init) : new Request(new URL(String(input), `http://${hostName}`), whole(init));
    const address = new URL(request.url);
    const headers = {};
    for (const [name, value] of request.headers) {
      if (!hopByHop.has(name)) {
        headers[name] = value;
      }
    }

    const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
    if (body !== null || !["GET", "HEAD"].includes(request.method)) {
      headers["content-length"] = String(body?.length ?? 0);
    }

    return send(bind, { method: request.method, path: address.pathname + address.search, headers: { ...headers, host: hostName } }, body, request.signal);
  };
}

/** A body that is a stream has to be announced as one. */
function whole(init) {
  return init?.body instanceof ReadableStream ? { ...init, duplex: "half" } : init;
}

function send(bind, options, body, signal) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    // A connection of its own for each call: nothing waits for another's answer, and no idle one can be closed under a request.
    const request = http.request({ ...connectTo(bind), ...options, agent: false });
    const abort = () => request.destroy(reason(signal));
    signal.addEventListener("abort", abort, { once: true });
    const done = () => signal.removeEventListener("abort", abort);
    request.on("error", (problem) => {
      done();
      reject(signal.aborted ? reason(signal) : new TypeError(`fetch failed: ${problem.message}`, { cause: problem }));
    });
    request.on("response", (message) => {
      const headers = new Headers();
      for (let i = 0; i < message.rawHeaders.length; i += 2) {
        headers.append(message.rawHeaders[i], message.rawHeaders[i + 1]);
      }

      const status = message.statusCode ?? 502;
      const empty = options.method === "HEAD" || withoutBody.has(status);
      if (empty) {
        message.resume();
        done();
      }

      resolve(new Response(empty ? null : streamOf(message, signal, done), { status, statusText: message.statusMessage, headers }));
    });
    request.end(body ?? undefined);
  });
}

function streamOf(message, signal, done) {
  return new ReadableStream({
    start(controller) {
      let open = true;
      const end = (act) => {
        if (open) {
          open = false;
          done();
          act();
        }
      };
      message.on("data", (chunk) => {
        if (open) {
          controller.enqueue(new Uint8Array(chunk));
          if ((controller.desiredSize ?? 0) <= 0) {
            message.pause();
          }
        }
      });
      message.on("end", () => end(() => controller.close()));
      message.on("error", (problem) => end(() => controller.error(signal.aborted ? reason(signal) : problem)));
      message.on("close", () => end(() => controller.error(signal.aborted ? reason(signal) : new TypeError("the connection ended in the middle of the answer"))));
    },
    pull() {
      message.resume();
    },
    cancel() {
      done();
      message.destroy();
    },
  });
}

function reason(signal) {
  return signal.reason ?? new DOMException("This operation was aborted", "AbortError");
}
