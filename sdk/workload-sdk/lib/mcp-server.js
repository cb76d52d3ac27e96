const events = "text/event-stream";
const types = [events, "application/json", "application/x-ndjson"];

/**
 * MCP over POST without sessions: one server answers everybody, one batch of requests after the other. Answers come as
 * events, as JSON or as lines, whichever of these `Accept` names first. A caller that takes JSON and events gets events when
 * the server has more to say than its answers: progress is then seen at once, and what the server asks the caller is answered.
 */
export class McpEndpoint {
  #turn = Promise.resolve();
  #current = null;

  /** What the MCP server is connected to. */
  transport = {
    onclose: undefined,
    onerror: undefined,
    onmessage: undefined,
    start: async () => {},
    send: async (message, options) => {
      // An answer that nobody waits for any more, or a message that belongs to no request, has nowhere to go.
      this.#current?.take(message, options?.relatedRequestId);
    },
    close: async () => {
      this.#current?.end();
      this.transport.onclose?.();
    },
  };

  async handle(request) {
    if (request.method !== "POST") {
      return Response.json({ error: "an MCP endpoint takes POST" }, { status: 405, headers: { allow: "POST" } });
    }

    const read = parse(await request.text(), request.headers.get("content-type") ?? "");
    if (read === null) {
      return Response.json({ jsonrpc: "2.0", id: null, error: { code: -32700, message: "Parse error" } }, { status: 400 });
    }

    const { messages, batch } = read;
    const requests = messages.filter((message) => "method" in message && "id" in message);
    const extra = { requestInfo: { headers: Object.fromEntries(request.headers) } };
    // What needs no answer waits for nobody: it may be what the current request is waiting for.
    for (const message of messages.filter((message) => !requests.includes(message))) {
      this.transport.onmessage?.(message, extra);
      if (message.method === "notifications/cancelled") {
        const current = this.#current;
        // After the server has heard of it, which takes it a turn of the loop.
        setTimeout(() => current?.cancel(message.params?.requestId));
      }
    }

    if (requests.length === 0) {
      return new Response(null, { status: 202 });
    }

    const accepted = (request.headers.get("accept") ?? "").split(",").map((part) => part.split(";")[0].trim()).filter((part) => types.includes(part));
    const type = accepted[0] ?? "application/x-ndjson";
    return type === events ? this.#events(requests, extra, request.signal)
      : type === "application/json" && accepted.includes(events) ? this.#jsonOrEvents(requests, extra, request.signal, batch)
      : this.#collected(requests, extra, request.signal, type, batch);
  }

  async #collected(requests, extra, signal, type, batch) {
    const answers = [];
    await this.#run(requests, extra, signal, (message) => answers.push(message));
    return type === "application/json" ? json(answers, batch) : new Response(answers.map((answer) => `${JSON.stringify(answer)}\n`).join(""), { headers: { "content-type": type } });
  }

  #events(requests, extra, signal) {
    const stream = new EventStream();
    stream.endsWith(this.#run(requests, extra, AbortSignal.any([signal, stream.gone]), (message) => stream.say(message)));
    return stream.response;
  }

  async #jsonOrEvents(requests, extra, signal, batch) {
    const stream = new EventStream();
    const answers = [];
    let more = () => {};
    const hasMore = new Promise((resolve) => (more = () => resolve(true)));
    const run = this.#run(requests, extra, AbortSignal.any([signal, stream.gone]), (message) => {
      answers.push(message);
      stream.say(message);
      if ("method" in message) {
        more();
      }
    });
    if (await Promise.race([hasMore, run])) {
      stream.endsWith(run);
      return stream.response;
    }

    return json(answers, batch);
  }

  /** Hands the requests to the server when it is their turn; done when each has its answer or the caller is gone. */
  async #run(requests, extra, signal, say) {
    const before = this.#turn;
    let leave = () => {};
    this.#turn = new Promise((resolve) => (leave = () => resolve(undefined)));
    await before;
    try {
      if (!signal.aborted) {
        await this.#answer(requests, extra, signal, say);
      }
    } finally {
      this.#current = null;
      leave();
    }
  }

  #answer(requests, extra, signal, say) {
    return new Promise((resolve) => {
      const open = new Set(requests.map((request) => request.id));
      const end = () => {
        signal.removeEventListener("abort", gone);
        resolve(undefined);
      };
      const gone = () => {
        for (const requestId of open) {
          this.transport.onmessage?.({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId, reason: "the caller has gone" } }, extra);
        }

        this.#current = null;
        end();
      };
      const take = (message, related) => {
        const answers = !("method" in message);
        if (answers ? open.delete(message.id) : related === undefined || open.has(related)) {
          say(message);
        }

        if (open.size === 0) {
          end();
        }
      };
      this.#current = {
        take,
        // The server answers a cancelled request no more, and whoever stands in line is to have a turn.
        cancel: (id) => {
          if (open.has(id)) {
            take({ jsonrpc: "2.0", id, error: { code: -32000, message: "The request was cancelled" } });
          }
        },
        end,
      };
      signal.addEventListener("abort", gone, { once: true });
      for (const request of requests) {
        this.transport.onmessage?.(request, extra);
      }
    });
  }
}

/** A body of events. `gone` says that nobody reads it any more. */
class EventStream {
  #text = new TextEncoder();
  #gone = new AbortController();
  #controller = null;
  #body = new ReadableStream({
    start: (controller) => (this.#controller = controller),
    cancel: () => this.#gone.abort(),
  });

  get gone() {
    return this.#gone.signal;
  }

  get response() {
    return new Response(this.#body, { headers: { "content-type": events, "cache-control": "no-cache" } });
  }

  say(message) {
    if (!this.gone.aborted) {
      this.#controller.enqueue(this.#text.encode(`event: message\ndata: ${JSON.stringify(message)}\n\n`));
    }
  }

  endsWith(run) {
    void run.then(
      () => !this.gone.aborted && this.#controller.close(),
      (problem) => !this.gone.aborted && this.#controller.error(problem),
    );
  }
}

function json(answers, batch) {
  return Response.json(batch || answers.length > 1 ? answers : answers[0]);
}

/** The messages of a body: JSON, or one of them in each line. Null when there are none. */
function parse(text, type) {
  try {
    const whole = type.split(";")[0].trim() === "application/json";
    const read = whole ? JSON.parse(text) : text.split("\n").filter((line) => line.trim().length > 0).map((line) => JSON.parse(line));
    const messages = [read].flat();
    return messages.length > 0 && messages.every((message) => message !== null && typeof message === "object") ? { messages, batch: whole && Array.isArray(read) } : null;
  } catch {
    return null;
  }
}
