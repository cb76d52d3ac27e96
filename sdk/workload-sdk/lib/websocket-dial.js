import { createHash, randomBytes } from "node:crypto";
import net from "node:net";
import { connectTo, parseBind } from "./binds.js";

const guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const largestHead = 64 * 1024;

/**
 * The opening handshake (RFC 6455, 4.1) over a connection.
 * @returns {Promise<{ socket: net.Socket, head: Buffer, protocol: string }>}
 */
export function dial(connected, { protocols = [], headers = {}, signal } = {}) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const bind = connectTo(parseBind(connected.bind, "the bind"));
    const key = randomBytes(16).toString("base64");
    const socket = net.connect("socketPath" in bind ? { path: bind.socketPath } : bind);
    const abort = () => fail(signal.reason);
    const fail = (problem) => {
      signal?.removeEventListener("abort", abort);
      socket.destroy();
      reject(new Error(`no WebSocket to ${connected.workloadMid}${connected.endpoint}: ${problem?.message ?? problem}`, { cause: problem }));
    };
    signal?.addEventListener("abort", abort, { once: true });
    const ended = () => fail(new Error("the connection was closed"));
    socket.on("error", fail);
    socket.on("close", ended);
    socket.on("connect", () => socket.write(hello(connected.endpoint, key, protocols, headers)));
    let read = Buffer.alloc(0);
    const onData = (chunk) => {
      read = Buffer.concat([read, chunk]);
      const end = read.indexOf("\r\n\r\n");
      if (end < 0) {
        if (read.length > largestHead) {
          fail(new Error("the answer has no end"));
        }

        return;
      }

      const answer = parse(read.subarray(0, end).toString("latin1"));
      if (answer.status !== 101 || answer.headers["sec-websocket-accept"] !== createHash("sha1").update(key + guid).digest("base64")) {
        fail(new Error(answer.status === 101 ? "the answer belongs to another handshake" : `it answered ${answer.status}`));
        return;
      }

      signal?.removeEventListener("abort", abort);
      socket.off("data", onData);
      socket.off("error", fail);
      socket.off("close", ended);
      socket.pause();
      resolve({ socket, head: read.subarray(end + 4), protocol: answer.headers["sec-websocket-protocol"] ?? "" });
    };
    socket.on("data", onData);
  });
}

function hello(path, key, protocols, headers) {
  const lines = {
    host: "localhost",
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": key,
    ...([protocols].flat().length > 0 ? { "sec-websocket-protocol": [protocols].flat().join(", ") } : {}),
    ...headers,
  };
  const text = Object.entries(lines).map(([name, value]) => `${name}: ${value}`);
  if (text.some((line) => /[\r\n]/.test(line))) {
    throw new TypeError("a header may not hold a line break");
  }

  return `GET ${path} HTTP/1.1\r\n${text.join("\r\n")}\r\n\r\n`;
}

function parse(head) {
  const [first, ...lines] = head.split("\r\n");
  return {
    status: Number(first.split(" ")[1]),
    headers: Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(":")).trim().toLowerCase(), line.slice(line.indexOf(":") + 1).trim()])),
  };
}
