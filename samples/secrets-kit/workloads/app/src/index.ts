// The app workload: it signs with a secret of its own, and asks a model through a Relay whose key it never sees.

import { createHmac } from "node:crypto";
import { unlinkSync } from "node:fs";
import { reportReady, resolveSecret, unixPath } from "./bridge.ts";

interface Connection {
  workloadKey: string;
  endpoint: string;
  bind: string;
}

const socket = unixPath(process.env.CAPAKIT_WORKLOAD_INGRESS_BIND);

const server = Bun.serve({
  unix: socket,
  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    switch (pathname) {
      case "/http/sign":
        return Response.json({ signature: await sign(searchParams.get("text") ?? "") });
      case "/http/other":
        return other();
      case "/http/ask":
        return ask(((await request.json()) as { question: string }).question);
      default:
        return new Response("GET /sign?text=..., GET /other, POST /ask {question}\n");
    }
  },
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void stop());
}

await reportReady();

/** The value is asked for when it is needed and kept nowhere. */
async function sign(text: string): Promise<string> {
  return createHmac("sha256", await resolveSecret("signing_key")).update(text).digest("hex");
}

/** The Relay's key is no secret of this workload's. */
async function other(): Promise<Response> {
  try {
    return Response.json({ value: await resolveSecret("openai_api_key") });
  } catch (refusal) {
    return Response.json({ error: (refusal as Error).message }, { status: 403 });
  }
}

/** As the OpenAI client of the SDK does: a dummy key, and the path at the provider in a header. The Relay writes the real key. */
async function ask(question: string): Promise<Response> {
  const connections: Connection[] = JSON.parse(process.env.CAPAKIT_CONNECTED_WORKLOADS ?? "[]");
  const llm = connections.find((c) => c.workloadKey === "llm" && c.endpoint === "/oaic");
  const answer = await fetch("http://capakit.local/oaic/v1/chat/completions", {
    unix: unixPath(llm?.bind),
    method: "POST",
    headers: {
      authorization: "Bearer capakit-local",
      "content-type": "application/json",
      "x-capakit-external-llm-upstream-path": "/v1/chat/completions",
    },
    body: JSON.stringify({ model: "gpt-5-mini", messages: [{ role: "user", content: question }] }),
  });
  if (!answer.ok) {
    return new Response(answer.body, { status: answer.status, headers: { "content-type": "application/json" } });
  }

  const said = (await answer.json()) as { choices: { message: { content: string } }[] };
  return Response.json({ answer: said.choices[0]?.message.content ?? "" });
}

async function stop(): Promise<void> {
  await Promise.race([server.stop(), Bun.sleep(2_000)]);
  try {
    unlinkSync(socket);
  } catch {
    // It is gone already.
  }

  process.exit(0);
}
