// The bridge is a second unix socket, served by the runner. One line of JSON goes out per request, one comes back.

const mediaType = "application/x-capakit-workload-bridge-jsonl";

let calls = 0;

/** The path of a unix socket from a bind string, `unix:/absolute/path`. */
export function unixPath(variable: string): string {
  const bind = process.env[variable];
  if (bind === undefined || !bind.startsWith("unix:/")) {
    throw new Error(`${variable} must be unix:/absolute/path; start this workload with "capsule run" or "dotnet run"`);
  }

  return bind.slice("unix:".length);
}

/** Tells the runner that the ingress socket answers; a refusal is an error. */
export async function reportReady(): Promise<void> {
  await call("workload_ready", null);
}

async function call(op: string, params: unknown): Promise<unknown> {
  const id = String(++calls);
  const response = await fetch("http://capakit.local/rpc", {
    unix: unixPath("CAPAKIT_WORKLOAD_BRIDGE_BIND"),
    method: "POST",
    headers: { "content-type": mediaType },
    body: `${JSON.stringify({ id, op, params })}\n`,
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status !== 200) {
    throw new Error(`the bridge answered ${op} with status ${response.status}`);
  }

  const reply = JSON.parse(await response.text());
  if (reply.id !== id || reply.error !== undefined) {
    throw new Error(reply.error?.message ?? `the bridge answered ${op} with a foreign id`);
  }

  return reply.ok;
}
