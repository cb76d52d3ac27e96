import { parseBind } from "./lib/binds.js";
import { Bridge } from "./lib/bridge.js";
import { fetchOver } from "./lib/client.js";
import { readEnvironment } from "./lib/environment.js";
import { endpoint, id } from "./lib/ids.js";
import { hijackConsole } from "./lib/logging.js";
import { watchForOrphans } from "./lib/orphans.js";
import { IngressServer } from "./lib/server.js";
import { version } from "./version.js";

export const workloadMid = (text) => id("workload", text);
export const secretMid = (text) => id("secret", text);
export const hostMountMid = (text) => id("mount", text);
export const workloadKey = workloadMid;
export const secretKey = secretMid;
export const hostMountKey = hostMountMid;
export const endpointPath = endpoint;
export { version };

const protocols = ["http", "mcp", "oaic", "a2a"];
// A handler of 0.0.7 to 0.0.9 sees the path as the runner sends it.
const seesWholePath = ["0.0.7", "0.0.8", "0.0.9"].includes(version);

/** The workload's view of the runner that started it; throws when there is none. */
export function createWorkloadSdk(options = {}) {
  return new WorkloadSdk(options);
}

class WorkloadSdk {
  #environment = readEnvironment(process.env);
  #bridge = new Bridge(this.#environment.bridge);
  #mounted = new Map();
  #closers = new Set();
  #hooks;
  #server;
  #state = "new";
  #stopping = null;
  #release = () => {};

  constructor({ bind, onPresenceStart, onShutdown }) {
    this.#hooks = { onPresenceStart, onShutdown };
    this.#server = new IngressServer(parseBind(bind ?? this.#environment.ingress, bind ? "bind" : "CAPAKIT_WORKLOAD_INGRESS_BIND"), (path) => this.#find(path));
    this.presenceId = this.#environment.presence;
    this.workloadMid = this.workloadKey = this.#environment.workload;
    this.workloads = connected(this.#environment.connections);
    const mounts = this.#environment.mounts;
    this.mounts = Object.freeze({
      get(name) {
        const mount = mounts.get(String(name));
        if (mount === undefined) {
          throw new Error(`the mount '${name}' is not given to this workload; it has: ${[...mounts.keys()].join(", ") || "none"}`);
        }

        return mount;
      },
      list: () => [...mounts.values()],
    });
    this.secrets = Object.freeze({
      resolve: async (name) => {
        const secret = id("secret", name);
        const answer = await this.#bridge.call("resolve_secret", { secret_mid: secret, secret_key: secret });
        if (typeof answer?.value !== "string") {
          throw new Error(`the runner's answer has no value for the secret '${secret}'`);
        }

        return answer.value;
      },
    });
  }

  mount({ protocol, endpoint: path, handler, start, stop }) {
    if (!protocols.includes(protocol)) {
      throw new TypeError(`the protocol must be one of ${protocols.join(", ")}, not ${JSON.stringify(protocol)}`);
    }

    if (typeof handler !== "function") {
      throw new TypeError("a mounted endpoint needs a handler");
    }

    const at = endpoint(path);
    if (this.#state !== "new") {
      throw new Error(`'${at}' must be mounted before start()`);
    }

    if (this.#mounted.has(at)) {
      throw new Error(`'${at}' is mounted twice`);
    }

    this.#mounted.set(at, { protocol, endpoint: at, handler, start, stop });
  }

  async start() {
    if (this.#state !== "new") {
      throw new Error("the SDK was started already");
    }

    this.#state = "started";
    const begun = [];
    try {
      await this.#hooks.onPresenceStart?.(this.#presence());
      for (const mounted of this.#mounted.values()) {
        await mounted.start?.();
        begun.push(mounted);
      }

      await this.#server.listen();
      this.#watch();
      await this.reportWorkloadReady();
    } catch (problem) {
      this.#state = "stopped";
      this.#release();
      await this.#server.close();
      await Promise.allSettled(begun.map((mounted) => mounted.stop?.()));
      this.#bridge.close();
      throw problem;
    }
  }

  /** Ends the endpoints, the clients and the socket; the process goes on. */
  stop() {
    return this.#shutDown({ kind: "stop" });
  }

  /** For a workload that listens itself: tells the runner that requests may come. */
  async reportWorkloadReady() {
    await this.#bridge.call("workload_ready", null);
  }

  hijackConsoleLogging() {
    hijackConsole(this.workloadMid, this.presenceId);
  }

  /** Calls back when the SDK stops; the clients of this package end themselves by it. */
  onStop(close) {
    this.#closers.add(close);
  }

  #presence() {
    return { presenceId: this.presenceId, workloadMid: this.workloadMid, workloadKey: this.workloadKey };
  }

  #find(path) {
    let best = null;
    for (const mounted of this.#mounted.values()) {
      const at = mounted.endpoint;
      if ((at === "/" || path === at || path.startsWith(`${at}/`)) && at.length > (best?.endpoint.length ?? 0)) {
        best = mounted;
      }
    }

    if (best === null) {
      return null;
    }

    const context = { ...this.#presence(), protocol: best.protocol, endpoint: best.endpoint };
    const rest = best.endpoint === "/" || seesWholePath ? path : path.slice(best.endpoint.length);
    return { path: rest.startsWith("/") ? rest : `/${rest}`, handle: (request) => best.handler(request, context) };
  }

  #watch() {
    const end = (cause) => void this.#shutDown(cause).then(() => process.exit(0), (problem) => {
      console.error(problem);
      process.exit(1);
    });
    const signals = ["SIGTERM", "SIGINT"].map((signal) => [signal, () => end({ kind: "signal", signal })]);
    signals.forEach(([signal, act]) => process.on(signal, act));
    const ended = watchForOrphans(this.#environment.hostProcess, end);
    this.#release = () => {
      signals.forEach(([signal, act]) => process.off(signal, act));
      ended();
    };
  }

  #shutDown(cause) {
    return (this.#stopping ??= this.#close(cause));
  }

  async #close(cause) {
    this.#state = "stopped";
    const problems = [];
    const attempt = async (act) => {
      try {
        await act();
      } catch (problem) {
        problems.push(problem);
      }
    };
    await attempt(() => this.#hooks.onShutdown?.({ ...this.#presence(), cause }));
    await attempt(() => this.#server.close());
    for (const mounted of this.#mounted.values()) {
      await attempt(() => mounted.stop?.());
    }

    for (const close of this.#closers) {
      await attempt(close);
    }

    this.#bridge.close();
    this.#release();
    if (problems.length > 0) {
      throw problems.length === 1 ? problems[0] : new AggregateError(problems, "the workload did not stop cleanly");
    }
  }
}

function connected(connections) {
  const all = new Map();
  for (const { workload, endpoint: path, protocol, bind } of connections) {
    const parsed = parseBind(bind, `the bind of '${workload}'`);
    const entry = Object.freeze({ workloadMid: workload, workloadKey: workload, endpoint: path, protocol, bind, fetch: fetchOver(parsed) });
    all.set(workload, (all.get(workload) ?? new Map()).set(path, entry));
  }

  return Object.freeze({
    workloads: all,
    endpoint(workload, path) {
      const endpoints = all.get(String(workload));
      if (endpoints === undefined) {
        throw new Error(`'${workload}' is not connected to this workload; connected: ${[...all.keys()].join(", ") || "none"}. List it under 'connections' in the manifest`);
      }

      const found = endpoints.get(endpoint(path));
      if (found === undefined) {
        throw new Error(`the workload '${workload}' has no endpoint '${path}'; it has: ${[...endpoints.keys()].join(", ")}`);
      }

      return found;
    },
  });
}
