import type { EndpointInput, WorkloadMid, WorkloadSdk } from "./index.js";

export interface WebSocketCloseEvent extends Event {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

export interface WebSocketErrorEvent extends Event {
  readonly error: Error;
  readonly message: string;
}

export interface WebSocketEvents {
  message: MessageEvent;
  close: WebSocketCloseEvent;
  error: WebSocketErrorEvent;
}

export interface WebSocketOptions {
  protocols?: string | readonly string[] | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
  signal?: AbortSignal | undefined;
}

/** The open end of a WebSocket, with both usual ways of listening. */
export declare class ConnectedWebSocket {
  private constructor();
  static readonly CONNECTING: 0;
  static readonly OPEN: 1;
  static readonly CLOSING: 2;
  static readonly CLOSED: 3;
  readonly readyState: 0 | 1 | 2 | 3;
  readonly protocol: string;
  binaryType: "nodebuffer" | "arraybuffer";
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: WebSocketCloseEvent) => void) | null;
  onerror: ((event: WebSocketErrorEvent) => void) | null;
  send(data: string | ArrayBufferLike | ArrayBufferView): void;
  ping(data?: string): void;
  close(code?: number, reason?: string): void;
  terminate(): void;
  on(event: "message", listener: (data: Buffer, isBinary: boolean) => void): this;
  on(event: "close", listener: (code: number, reason: Buffer) => void): this;
  on(event: "error", listener: (problem: Error) => void): this;
  on(event: "ping" | "pong", listener: (data: Buffer) => void): this;
  once(event: "message", listener: (data: Buffer, isBinary: boolean) => void): this;
  once(event: "close", listener: (code: number, reason: Buffer) => void): this;
  once(event: "error", listener: (problem: Error) => void): this;
  addEventListener<Name extends keyof WebSocketEvents>(type: Name, listener: (event: WebSocketEvents[Name]) => void, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<Name extends keyof WebSocketEvents>(type: Name, listener: (event: WebSocketEvents[Name]) => void, options?: boolean | EventListenerOptions): void;
}

/** Opens a WebSocket at exactly the path of a connected endpoint. */
export function connectWebSocket(sdk: WorkloadSdk, workload: WorkloadMid, endpoint: EndpointInput, options?: WebSocketOptions): Promise<ConnectedWebSocket>;
