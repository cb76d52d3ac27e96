import { dial } from "./lib/websocket-dial.js";
import { ConnectedWebSocket } from "./lib/websocket.js";

export { ConnectedWebSocket };

/** Opens a WebSocket to a connected workload's endpoint. */
export async function connectWebSocket(sdk, workload, endpoint, options = {}) {
  const { socket, head, protocol } = await dial(sdk.workloads.endpoint(workload, endpoint), options);
  const opened = new ConnectedWebSocket(socket, head, protocol);
  sdk.onStop(() => opened.close(1001, "going away"));
  return opened;
}
