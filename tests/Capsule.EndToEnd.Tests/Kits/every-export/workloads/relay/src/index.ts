// Stands where a Relay would be: answers in the form of two providers, and counts what comes over a WebSocket.
const path = process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice("unix:".length);

Bun.serve({
  unix: path,
  fetch(request, server) {
    if (server.upgrade(request)) {
      return undefined;
    }

    const said = `${new URL(request.url).pathname} ${request.headers.get("x-capakit-external-llm-upstream-path")}`;
    return Response.json(
      said.includes("generateContent")
        ? { candidates: [{ content: { parts: [{ text: said }] } }] }
        : { id: "1", type: "message", role: "assistant", content: [], model: said },
    );
  },
  websocket: { message: (socket, message) => void socket.send(`got ${message.length}`) },
});
