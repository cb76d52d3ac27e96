import { readFileSync } from "node:fs";

const interval = 5_000;

/**
 * Calls back once when whoever started this process is gone: its parent, or the host process that the runner names.
 * A process whose parent is the first of its namespace from the beginning has no parent to lose.
 * @returns {() => void} Ends the watch.
 */
export function watchForOrphans(hostProcess, orphaned) {
  const first = parent();
  if (first <= 1 && hostProcess === null) {
    return () => {};
  }

  const timer = setInterval(() => {
    const now = parent();
    if ((first > 1 && now <= 1) || (hostProcess !== null && !isAlive(hostProcess))) {
      clearInterval(timer);
      orphaned({ kind: "orphaned", parentPid: now });
    }
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}

/** The parent of this moment, which the platform's own property may only have read once. */
function parent() {
  try {
    const status = readFileSync("/proc/self/stat", "utf8");
    return Number(status.slice(status.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return process.ppid;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (problem) {
    return problem?.code === "EPERM";
  }
}
