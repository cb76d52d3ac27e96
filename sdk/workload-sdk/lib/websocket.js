import { EventEmitter } from "node:events";
import { encode, FrameReader, opcodes, ProtocolError } from "./frames.js";

const patience = 2_000;

/**
 * The open end of a WebSocket. It speaks both ways of listening that programs are used to: `on("message", (data, isBinary))`
 * and `addEventListener("message", (event))`.
 */
export class ConnectedWebSocket extends EventEmitter {
  static CONNECTING = 0;
  static OPEN = 1;
  static CLOSING = 2;
  static CLOSED = 3;

  #socket;
  #frames = new FrameReader();
  #events = new EventTarget();
  #closing = null;
  #timer = null;

  binaryType = "nodebuffer";
  readyState = ConnectedWebSocket.OPEN;
  onmessage = null;
  onclose = null;
  onerror = null;

  constructor(socket, head, protocol) {
    super();
    this.#socket = socket;
    this.protocol = protocol;
    socket.on("data", (chunk) => this.#read(chunk));
    socket.on("error", (problem) => this.#problem(problem));
    socket.on("end", () => socket.end());
    socket.on("close", () => this.#closed());
    // Whoever asked for the socket gets to listen before the first message.
    setImmediate(() => {
      if (head.length > 0) {
        this.#read(head);
      }

      socket.resume();
    });
  }

  /** @param {string | ArrayBufferLike | ArrayBufferView} data */
  send(data) {
    if (this.readyState !== ConnectedWebSocket.OPEN) {
      throw new Error("the WebSocket is not open");
    }

    this.#socket.write(typeof data === "string" ? encode(opcodes.text, Buffer.from(data)) : encode(opcodes.binary, bytesOf(data)));
  }

  ping(data = "") {
    this.#socket.write(encode(opcodes.ping, Buffer.from(data)));
  }

  close(code = 1000, reason = "") {
    if (this.readyState >= ConnectedWebSocket.CLOSING) {
      return;
    }

    this.readyState = ConnectedWebSocket.CLOSING;
    const payload = Buffer.alloc(2 + Buffer.byteLength(reason));
    payload.writeUInt16BE(code);
    payload.write(reason, 2);
    this.#socket.write(encode(opcodes.close, payload));
    this.#timer = setTimeout(() => this.#socket.destroy(), patience);
    this.#timer.unref?.();
  }

  terminate() {
    this.#socket.destroy();
  }

  addEventListener(type, listener, options) {
    this.#events.addEventListener(type, listener, options);
  }

  removeEventListener(type, listener, options) {
    this.#events.removeEventListener(type, listener, options);
  }

  #read(chunk) {
    try {
      for (const { opcode, payload } of this.#frames.read(chunk)) {
        this.#take(opcode, payload);
      }
    } catch (problem) {
      this.#problem(problem);
      this.close(problem instanceof ProtocolError ? problem.code : 1002, "");
      this.#socket.destroy();
    }
  }

  #take(opcode, payload) {
    switch (opcode) {
      case opcodes.ping:
        this.#socket.write(encode(opcodes.pong, payload));
        this.emit("ping", payload);
        break;
      case opcodes.pong:
        this.emit("pong", payload);
        break;
      case opcodes.close:
        this.#closing = payload.length < 2 ? { code: 1005, reason: "" } : { code: payload.readUInt16BE(), reason: payload.subarray(2).toString() };
        this.close(this.#closing.code === 1005 ? 1000 : this.#closing.code);
        this.#socket.end();
        break;
      default:
        this.#message(payload, opcode === opcodes.binary);
    }
  }

  #message(payload, isBinary) {
    const text = isBinary ? null : new TextDecoder("utf-8", { fatal: true }).decode(payload);
    this.emit("message", payload, isBinary);
    const data = text ?? (this.binaryType === "arraybuffer" ? payload.buffer.slice(payload.byteOffset, payload.byteOffset + payload.length) : payload);
    this.#dispatch(new MessageEvent("message", { data }));
  }

  #problem(problem) {
    if (this.listenerCount("error") > 0) {
      this.emit("error", problem);
    }

    this.#dispatch(Object.assign(new Event("error"), { error: problem, message: problem.message }));
  }

  #closed() {
    clearTimeout(this.#timer);
    this.readyState = ConnectedWebSocket.CLOSED;
    const { code, reason } = this.#closing ?? { code: 1006, reason: "" };
    this.emit("close", code, Buffer.from(reason));
    this.#dispatch(Object.assign(new Event("close"), { code, reason, wasClean: this.#closing !== null }));
  }

  #dispatch(event) {
    const handler = this[`on${event.type}`];
    if (typeof handler === "function") {
      handler.call(this, event);
    }

    this.#events.dispatchEvent(event);
  }
}

function bytesOf(data) {
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
}
