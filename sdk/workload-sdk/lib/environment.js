import { parseBind } from "./binds.js";
import { endpoint, id } from "./ids.js";

const protocols = ["http", "mcp", "oaic", "a2a"];
const accesses = { read_only: "read_only", "read-only": "read_only", read_write: "read_write", "read-write": "read_write" };

/**
 * What the runner says about this instance. Workload ids have two names, "mid" and, later, "key"; either is read.
 * @param {Record<string, string | undefined>} env
 */
export function readEnvironment(env) {
  const key = env.CAPAKIT_WORKLOAD_KEY || env.CAPAKIT_WORKLOAD_MID;
  return {
    ingress: env.CAPAKIT_WORKLOAD_INGRESS_BIND,
    bridge: parseBind(env.CAPAKIT_WORKLOAD_BRIDGE_BIND, "CAPAKIT_WORKLOAD_BRIDGE_BIND"),
    workload: key ? id("workload", key) : "workload",
    presence: env.CAPAKIT_PRESENCE_ID || "local",
    hostProcess: number(env.CAPAKIT_WORKLOAD_HOST_PID),
    connections: connections(env.CAPAKIT_CONNECTED_WORKLOADS),
    mounts: mounts(env.CAPAKIT_MOUNTS_JSON),
  };
}

function number(text) {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : null;
}

function connections(text) {
  const list = text ? parse(text, "CAPAKIT_CONNECTED_WORKLOADS") : [];
  if (!Array.isArray(list)) {
    throw new Error("CAPAKIT_CONNECTED_WORKLOADS must be a JSON array");
  }

  return list.map((entry) => {
    const workload = entry?.workloadKey ?? entry?.workloadMid;
    const strings = [workload, entry?.endpoint, entry?.protocol, entry?.bind];
    if (strings.some((s) => typeof s !== "string" || s.length === 0) || !protocols.includes(entry.protocol)) {
      throw new Error(`CAPAKIT_CONNECTED_WORKLOADS has an entry that names no workload, endpoint, bind or known protocol: ${JSON.stringify(entry)}`);
    }

    return { workload: id("workload", workload), endpoint: endpoint(entry.endpoint), protocol: entry.protocol, bind: entry.bind };
  });
}

function mounts(text) {
  const all = text ? parse(text, "CAPAKIT_MOUNTS_JSON") : {};
  if (all === null || typeof all !== "object" || Array.isArray(all)) {
    throw new Error("CAPAKIT_MOUNTS_JSON must be a JSON object");
  }

  return new Map(Object.entries(all).map(([name, mount]) => {
    const own = mount?.key ?? mount?.mid;
    const access = accesses[mount?.access];
    if (own !== name || typeof mount.path !== "string" || access === undefined) {
      throw new Error(`CAPAKIT_MOUNTS_JSON says something else about the mount '${name}' than id, path and access`);
    }

    return [id("mount", name), Object.freeze({ mid: name, key: name, path: mount.path, access })];
  }));
}

function parse(text, source) {
  try {
    return JSON.parse(text);
  } catch (problem) {
    throw new Error(`${source} is no JSON: ${problem.message}`, { cause: problem });
  }
}
