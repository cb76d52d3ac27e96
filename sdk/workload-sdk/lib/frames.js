import { randomBytes } from "node:crypto";

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

/** Against a peer that announces more than memory holds. */
export const largestMessage = 64 << 20;

/** One masked frame, as a client sends it (RFC 6455, 5.2). */
export function encode(opcode, payload) {
  const long = payload.length > 0xffff ? 8 : payload.length > 125 ? 2 : 0;
  const head = Buffer.alloc(2 + long + 4);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (long === 8 ? 127 : long === 2 ? 126 : payload.length);
  if (long === 8) {
    head.writeBigUInt64BE(BigInt(payload.length), 2);
  } else if (long === 2) {
    head.writeUInt16BE(payload.length, 2);
  }

  const mask = randomBytes(4);
  mask.copy(head, 2 + long);
  const body = Buffer.from(payload);
  for (let i = 0; i < body.length; i++) {
    body[i] ^= mask[i & 3];
  }

  return Buffer.concat([head, body]);
}

export class ProtocolError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Takes the bytes of a server and gives whole messages and control frames. */
export class FrameReader {
  #bytes = Buffer.alloc(0);
  #parts = [];
  #length = 0;
  #kind = null;

  *read(chunk) {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    for (let frame = this.#next(); frame !== null; frame = this.#next()) {
      if (frame.opcode >= opcodes.close) {
        if (!frame.final || frame.payload.length > 125) {
          throw new ProtocolError(1002, "a control frame is too long or in pieces");
        }

        yield frame;
        continue;
      }

      if ((frame.opcode === opcodes.continuation) === (this.#kind === null)) {
        throw new ProtocolError(1002, "a message is out of order");
      }

      this.#kind ??= frame.opcode;
      this.#parts.push(frame.payload);
      this.#length += frame.payload.length;
      if (this.#length > largestMessage) {
        throw new ProtocolError(1009, "a message is too long");
      }

      if (frame.final) {
        const message = { opcode: this.#kind, payload: Buffer.concat(this.#parts) };
        [this.#kind, this.#parts, this.#length] = [null, [], 0];
        yield message;
      }
    }
  }

  #next() {
    const bytes = this.#bytes;
    if (bytes.length < 2) {
      return null;
    }

    const opcode = bytes[0] & 0x0f;
    if ((bytes[0] & 0x70) !== 0 || (bytes[1] & 0x80) !== 0 || !Object.values(opcodes).includes(opcode)) {
      throw new ProtocolError(1002, "a frame has bits that nothing was agreed about");
    }

    let length = bytes[1] & 0x7f;
    let start = 2;
    if (length > 125) {
      const size = length === 126 ? 2 : 8;
      if (bytes.length < start + size) {
        return null;
      }

      length = size === 2 ? bytes.readUInt16BE(start) : Number(bytes.readBigUInt64BE(start));
      start += size;
    }

    if (length > largestMessage) {
      throw new ProtocolError(1009, "a message is too long");
    }

    if (bytes.length < start + length) {
      return null;
    }

    this.#bytes = bytes.subarray(start + length);
    return { final: (bytes[0] & 0x80) !== 0, opcode, payload: Buffer.from(bytes.subarray(start, start + length)) };
  }
}
