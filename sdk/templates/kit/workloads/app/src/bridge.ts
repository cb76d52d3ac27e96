// The bridge is a second unix socket, served by the runner. One line of JSON goes out per request, one comes back.

/** The path of a unix socket from a variable that holds `unix:/absolute/path`. */
export function unixPath(variable: string): string {
  const bind = process.env[variable];
  if (bind === undefined || !bind.startsWith("unix:/")) {
    throw new Error(`${variable} must be unix:/absolute/path; start this workload with "dotnet run" or "capsule run"`);
  }

  return bind.slice("unix:".length);
}

/** Tells the runner that the server answers; a refusal is an error. */
export async function reportReady(): Promise<void> {
  const response = await fetch("http://capakit.local/rpc", {
    unix: unixPath("CAPAKIT_WORKLOAD_BRIDGE_BIND"),
    method: "POST",
    headers: { "content-type": "application/x-capakit-workload-bridge-jsonl" },
    body: `${JSON.stringify({ id: "1", op: "workload_ready", params: null })}\n`,
    signal: AbortSignal.timeout(10_000),
  });
  const reply = response.status === 200 ? JSON.parse(await response.text()) : { error: { message: `status ${response.status}` } };
  if (reply.error !== undefined) {
    throw new Error(`the bridge refused: ${reply.error.message}`);
  }
}
