import http from "node:http";
import { connectTo } from "./binds.js";

const mediaType = "application/x-capakit-workload-bridge-jsonl";
const largestFrame = 4 << 20;
const patience = 30_000;

/**
 * The runner's side of this workload: `POST /rpc`, one line of JSON each way, over a connection that stays open.
 */
export class Bridge {
  #agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  #calls = 0;
  #bind;

  constructor(bind) {
    this.#bind = bind;
  }

  /** What the runner answers; throws its refusal, with the whole of it as the cause. */
  async call(op, params) {
    const id = String(++this.#calls);
    const line = Buffer.from(`${JSON.stringify({ id, op, params })}\n`);
    if (line.length > largestFrame) {
      throw new Error(`a bridge request may be ${largestFrame} bytes long, but '${op}' has ${line.length}`);
    }

    const reply = read(op, id, await this.#send(line, true));
    if (reply.error !== undefined) {
      throw new Error(reply.error?.message ?? `the runner refuses '${op}'`, { cause: reply.error });
    }

    return reply.ok;
  }

  close() {
    this.#agent.destroy();
  }

  async #send(line, again) {
    try {
      return await this.#once(line);
    } catch (problem) {
      // The other side may close an idle connection in the moment in which it is used again.
      if (again && problem?.reused) {
        return await this.#send(line, false);
      }

      throw problem;
    }
  }

  #once(line) {
    return new Promise((resolve, reject) => {
      const request = http.request({
        ...connectTo(this.#bind),
        agent: this.#agent,
        method: "POST",
        path: "/rpc",
        headers: { host: "capakit.local", "content-type": mediaType, "content-length": line.length },
      });
      const fail = (problem) => reject(Object.assign(new Error(`the bridge does not answer: ${problem.message}`, { cause: problem }), { reused: request.reusedSocket === true }));
      request.setTimeout(patience, () => request.destroy(new Error(`nothing within ${patience / 1000} s`)));
      request.on("error", fail);
      request.on("response", (response) => {
        const chunks = [];
        let length = 0;
        response.on("data", (chunk) => {
          length += chunk.length;
          if (length > largestFrame) {
            request.destroy(new Error("the answer is too long"));
          } else {
            chunks.push(chunk);
          }
        });
        response.on("error", fail);
        response.on("end", () => resolve({ status: response.statusCode, type: response.headers["content-type"] ?? "", body: Buffer.concat(chunks) }));
      });
      request.end(line);
    });
  }
}

function read(op, id, { status, type, body }) {
  const wrong = (what) => new Error(`the bridge's answer to '${op}' ${what}`);
  if (status !== 200) {
    throw wrong(`has the status ${status}`);
  }

  if (type.split(";")[0].trim() !== mediaType) {
    throw wrong(`has the type '${type}'`);
  }

  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw wrong("is not UTF-8");
  }

  if (!text.endsWith("\n") || text.indexOf("\n") !== text.length - 1) {
    throw wrong("is not one whole line");
  }

  let reply;
  try {
    reply = JSON.parse(text);
  } catch {
    throw wrong("is no JSON");
  }

  if (reply?.id !== id || ("ok" in reply) === ("error" in reply)) {
    throw wrong("belongs to another request");
  }

  return reply;
}
