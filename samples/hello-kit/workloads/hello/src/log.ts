// One JSON object per line. The runner shows level, message and fields; warnings and errors go to stderr.

type Level = "Debug" | "Info" | "Warn" | "Error";

const started = Date.now();

function write(level: Level, message: string, fields: Record<string, unknown> | null): void {
  const line = JSON.stringify({
    v: 1,
    ev: {
      level,
      msg: `[host-log][${level.toLowerCase()}] ${message}`,
      time: Date.now(),
      component: "hello",
      fields,
      err: null,
      category: "user",
      origin: { stream: "structured" },
    },
    ctx: {
      app_name: "hello-kit",
      server_id: process.env.CAPAKIT_WORKLOAD_MID ?? null,
      pid: process.pid,
      start_time: started,
      meta: null,
    },
  });
  const stream = level === "Warn" || level === "Error" ? process.stderr : process.stdout;
  stream.write(`${line}\n`);
}

export const log = {
  info: (message: string, fields: Record<string, unknown> | null = null) => write("Info", message, fields),
  error: (message: string, fields: Record<string, unknown> | null = null) => write("Error", message, fields),
};
