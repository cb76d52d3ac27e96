// The bridge is a unix socket that the runner serves for this workload alone: one line of JSON goes out per request, one comes back.

const mediaType = "application/x-capakit-workload-bridge-jsonl";

let calls = 0;

/** The path of a unix socket from a bind string, `unix:/absolute/path`. */
export function unixPath(bind: string | undefined): string {
  if (bind === undefined || !bind.startsWith("unix:/")) {
    throw new Error('a bind string is missing; start this workload with "capsule run" or "dotnet run"');
  }

  return bind.slice("unix:".length);
}

/** Tells the runner that the ingress socket answers. */
export async function reportReady(): Promise<void> {
  await call("workload_ready", null);
}

/** The value of a secret that stands in this workload's exposed_secrets; any other is an error. */
export async function resolveSecret(id: string): Promise<string> {
  return ((await call("resolve_secret", { secret_mid: id })) as { value: string }).value;
}

async function call(op: string, params: unknown): Promise<unknown> {
  const id = String(++calls);
  const response = await fetch("http://capakit.local/rpc", {
    unix: unixPath(process.env.CAPAKIT_WORKLOAD_BRIDGE_BIND),
    method: "POST",
    headers: { "content-type": mediaType },
    body: `${JSON.stringify({ id, op, params })}\n`,
    signal: AbortSignal.timeout(10_000),
  });
  const reply = JSON.parse(await response.text());
  if (reply.id !== id || reply.error !== undefined) {
    throw new Error(reply.error?.message ?? `the bridge answered ${op} with a foreign id`);
  }

  return reply.ok;
}
