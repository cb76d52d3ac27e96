import { format } from "node:util";

const levels = { debug: "Debug", log: "Info", info: "Info", warn: "Warn", error: "Error", trace: "Debug" };
const started = Date.now();
let hijacked = false;

/** From now on every console call is one line of JSON, which the runner shows with its level and fields. */
export function hijackConsole(workload, presence) {
  if (hijacked) {
    return;
  }

  hijacked = true;
  for (const [method, level] of Object.entries(levels)) {
    console[method] = (...values) => write(level, values, workload, presence);
  }
}

function write(level, values, workload, presence) {
  const stream = level === "Warn" || level === "Error" ? process.stderr : process.stdout;
  const problem = values.find((value) => value instanceof Error);
  stream.write(`${JSON.stringify({
    v: 1,
    ev: {
      level,
      msg: `[host-log][${level.toLowerCase()}] ${format(...values)}`,
      time: Date.now(),
      component: null,
      fields: null,
      err: problem ? { name: problem.name, message: problem.message, stack: problem.stack ?? null } : null,
      category: "user",
      origin: { stream: "structured" },
    },
    ctx: { app_name: workload, server_id: presence, pid: process.pid, start_time: started, meta: null },
  })}\n`);
}
