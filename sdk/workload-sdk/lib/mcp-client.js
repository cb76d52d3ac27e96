/** MCP over a connection: each message is one POST, its answers are the lines of the reply. */
export function connectedTransport(connected) {
  const ending = new AbortController();
  const transport = {
    onclose: undefined,
    onerror: undefined,
    onmessage: undefined,
    async start() {},
    async send(message) {
      const response = await connected.fetch(connected.endpoint, {
        method: "POST",
        headers: { "content-type": "application/x-ndjson" },
        body: `${JSON.stringify(message)}\n`,
        signal: ending.signal,
      });
      const text = await response.text();
      if (!response.ok) {
        throw new Error(`${connected.workloadMid}${connected.endpoint} answered ${response.status}: ${text.slice(0, 500)}`);
      }

      for (const answer of messages(text, response.headers.get("content-type") ?? "")) {
        transport.onmessage?.(answer);
      }
    },
    async close() {
      ending.abort(new Error("the MCP client was closed"));
      transport.onclose?.();
    },
  };
  return transport;
}

function messages(text, type) {
  if (type.startsWith("text/event-stream")) {
    return text.split("\n").filter((line) => line.startsWith("data:")).map((line) => JSON.parse(line.slice("data:".length)));
  }

  return text.split("\n").filter((line) => line.trim().length > 0).flatMap((line) => JSON.parse(line));
}
