// A model without weights: it digests a text by plain rules, behind the API that real ones have.

import { createWorkloadSdk, endpointPath } from "@capakit/sdk";
import { mountOaic } from "@capakit/sdk/oaic";

interface Completion {
  model: string;
  messages: { role: string; content: string }[];
}

const sdk = createWorkloadSdk();
sdk.hijackConsoleLogging();

mountOaic(sdk, {
  endpoint: endpointPath("/oaic"),
  async handler(request) {
    const { pathname } = new URL(request.url);
    if (pathname.replace(/^\/v1/, "") !== "/chat/completions" || request.method !== "POST") {
      return Response.json({ error: { message: `no such call: ${request.method} ${pathname}` } }, { status: 404 });
    }

    const { model, messages } = (await request.json()) as Completion;
    const text = messages.findLast((message) => message.role === "user")?.content ?? "";
    return Response.json({
      id: crypto.randomUUID(),
      object: "chat.completion",
      created: Math.floor(Date.now() / 1000),
      model,
      choices: [{ index: 0, finish_reason: "stop", logprobs: null, message: { role: "assistant", content: digest(text), refusal: null } }],
    });
  },
});
await sdk.start();

function digest(text: string): string {
  const sentences = text.match(/[^.!?]+[.!?]/g) ?? [];
  return `${sentences.length} sentences, beginning with: ${(sentences[0] ?? text).trim()}`;
}
