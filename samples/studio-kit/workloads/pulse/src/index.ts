// A WebSocket that ticks twice a second. The SDK's own server takes no WebSockets, so this workload listens by itself on the
// socket that the runner names, and tells the runner when it does.

import { unlinkSync } from "node:fs";
import { createWorkloadSdk } from "@capakit/sdk";

const sdk = createWorkloadSdk();
sdk.hijackConsoleLogging();
const path = process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.replace(/^unix:/, "");
let beats = 0;

const server = Bun.serve({
  unix: path,
  fetch(request, server) {
    return server.upgrade(request) ? undefined : Response.json({ beats });
  },
  websocket: {
    open(socket) {
      socket.subscribe("beats");
      socket.send(`beat ${beats}`);
    },
    message() {},
  },
});

const timer = setInterval(() => server.publish("beats", `beat ${++beats}`), 500);
process.once("SIGTERM", async () => {
  clearInterval(timer);
  await server.stop(true);
  unlinkSync(path);
  process.exit(0);
});
await sdk.reportWorkloadReady();
