import type { AgentCard } from "@a2a-js/sdk";
import type { AgentExecutor, ExecutionEventBus, RequestContext } from "@a2a-js/sdk/server";
import type { Guide } from "./places.ts";

export const card: AgentCard = {
  name: "guide",
  description: "Tells of places.",
  protocolVersion: "0.3.0",
  version: "1.0.0",
  // The SDK puts the public address here.
  url: "http://capakit.local/a2a",
  capabilities: { streaming: true },
  defaultInputModes: ["text"],
  defaultOutputModes: ["text"],
  skills: [{ id: "tell", name: "Tell of a place", description: "Send the name of a place.", tags: ["travel"] }],
};

/** Tells one sentence after the other, each an artifact of the task. */
export class Teller implements AgentExecutor {
  readonly #guide: Guide;

  constructor(guide: Guide) {
    this.#guide = guide;
  }

  async execute({ taskId, contextId, userMessage }: RequestContext, bus: ExecutionEventBus): Promise<void> {
    const place = userMessage.parts.map((part) => (part.kind === "text" ? part.text : "")).join(" ");
    bus.publish({ kind: "task", id: taskId, contextId, status: { state: "working" }, history: [userMessage] });
    for (const [i, text] of this.#guide.tell(place).entries()) {
      bus.publish({ kind: "artifact-update", taskId, contextId, artifact: { artifactId: `sentence-${i}`, parts: [{ kind: "text", text }] } });
      await new Promise((done) => setTimeout(done, 20));
    }

    bus.publish({ kind: "status-update", taskId, contextId, status: { state: "completed" }, final: true });
    bus.finished();
  }

  cancelTask = async (): Promise<void> => {};
}
