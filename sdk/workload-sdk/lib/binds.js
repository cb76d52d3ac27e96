/**
 * Where to listen or to connect: `unix:/absolute/path`, `tcp:host:port` or `pipe:name`.
 * @param {string | undefined} text
 * @param {string} source The variable or field it comes from, for the message.
 * @returns {{ path: string, file: boolean } | { host: string, port: number }}
 */
export function parseBind(text, source) {
  if (text?.startsWith("unix:/")) {
    return { path: text.slice("unix:".length), file: true };
  }

  const tcp = /^tcp:(.+):(\d{1,5})$/.exec(text ?? "");
  if (tcp && Number(tcp[2]) > 0 && Number(tcp[2]) < 65536) {
    return { host: tcp[1].replace(/^\[|\]$/g, ""), port: Number(tcp[2]) };
  }

  if (text?.startsWith("pipe:") && text.length > "pipe:".length) {
    return { path: `\\\\.\\pipe\\${text.slice("pipe:".length)}`, file: false };
  }

  throw new Error(
    text
      ? `${source} is ${JSON.stringify(text)}; it must be unix:/absolute/path, tcp:host:port or pipe:name`
      : `${source} is not set; this program is a workload and is started by the runner ("capsule run", "dotnet run")`,
  );
}

/** The options by which node:http and node:net connect to a bind. */
export function connectTo(bind) {
  return "path" in bind ? { socketPath: bind.path } : { host: bind.host, port: bind.port };
}
