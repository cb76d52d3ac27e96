declare const brand: unique symbol;

/** A text that was checked to be an id or path of one kind. */
type Branded<Kind extends string> = string & { readonly [brand]: Kind };

export type WorkloadMid = Branded<"workload">;
export type SecretMid = Branded<"secret">;
export type HostMountMid = Branded<"mount">;
export type EndpointPath = Branded<"endpoint">;
export type WorkloadKey = WorkloadMid;
export type SecretKey = SecretMid;
export type HostMountKey = HostMountMid;

/** A checked path, or one that is written out. */
export type EndpointInput = EndpointPath | `/${string}`;

/** Each throws a TypeError for a text that is no id of a manifest. */
export function workloadMid(text: string): WorkloadMid;
export function workloadKey(text: string): WorkloadKey;
export function secretMid(text: string): SecretMid;
export function secretKey(text: string): SecretKey;
export function hostMountMid(text: string): HostMountMid;
export function hostMountKey(text: string): HostMountKey;

/** Adds the leading slash where it is missing; throws a TypeError for a text that is no path. */
export function endpointPath(text: string): EndpointPath;

export type EndpointProtocol = "http" | "mcp" | "oaic" | "a2a";

/** Who runs: a workload, and which instance of it. */
export interface WorkloadPresence {
  readonly presenceId: string;
  readonly workloadMid: WorkloadMid;
  readonly workloadKey: WorkloadKey;
}

export interface WorkloadHttpHandlerContext extends WorkloadPresence {
  readonly protocol: EndpointProtocol;
  readonly endpoint: EndpointPath;
}

/** Answers one request. Its path is the one below the endpoint; what it throws becomes a 500. */
export type WorkloadHttpHandler = (request: Request, context: WorkloadHttpHandlerContext) => Response | Promise<Response>;

export interface WorkloadHttpEndpoint {
  protocol: EndpointProtocol;
  endpoint: EndpointInput;
  handler: WorkloadHttpHandler;
  /** Runs before the server listens. */
  start?: (() => void | Promise<void>) | undefined;
  /** Runs when the server has ended. */
  stop?: (() => void | Promise<void>) | undefined;
}

export type WorkloadShutdownCause =
  | { readonly kind: "signal"; readonly signal: "SIGTERM" | "SIGINT" }
  | { readonly kind: "orphaned"; readonly parentPid: number }
  | { readonly kind: "stop" };

export interface WorkloadShutdown extends WorkloadPresence {
  readonly cause: WorkloadShutdownCause;
}

export interface WorkloadSdkOptions {
  /** Where to listen instead of where the runner says: `unix:/path`, `tcp:host:port`. */
  bind?: string | undefined;
  onPresenceStart?: ((presence: WorkloadPresence) => void | Promise<void>) | undefined;
  onShutdown?: ((shutdown: WorkloadShutdown) => void | Promise<void>) | undefined;
}

/** An endpoint of a workload that the manifest connects to this one. */
export interface ConnectedEndpoint {
  readonly workloadMid: WorkloadMid;
  readonly workloadKey: WorkloadKey;
  readonly endpoint: EndpointPath;
  readonly protocol: EndpointProtocol;
  readonly bind: string;
  /** Sends a request over the connection; of the address only path and query count, and the path holds the endpoint's. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
}

export interface ConnectedWorkloads {
  /** The endpoints of each connected workload. */
  readonly workloads: ReadonlyMap<WorkloadMid, ReadonlyMap<EndpointPath, ConnectedEndpoint>>;
  /** Throws when the manifest connects no such endpoint. */
  endpoint(workload: WorkloadMid, endpoint: EndpointInput): ConnectedEndpoint;
}

export interface Secrets {
  /** Asks the runner, each time; throws when the workload may not have it. */
  resolve(secret: SecretMid): Promise<string>;
}

export type HostMountAccess = "read_only" | "read_write";

export interface HostMount {
  readonly mid: HostMountMid;
  readonly key: HostMountKey;
  /** As this workload sees it. */
  readonly path: string;
  readonly access: HostMountAccess;
}

export interface HostMounts {
  /** Throws when the mount is not given to this workload. */
  get(mount: HostMountMid): HostMount;
  list(): HostMount[];
}

export interface WorkloadSdk extends WorkloadPresence {
  readonly workloads: ConnectedWorkloads;
  readonly secrets: Secrets;
  readonly mounts: HostMounts;
  /** Before `start()` only. The endpoint with the longest path gets a request. */
  mount(endpoint: WorkloadHttpEndpoint): void;
  /** Listens, and returns when the runner has been told. From then on SIGTERM and SIGINT end the process. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** For a workload that listens by itself and does not call `start()`. */
  reportWorkloadReady(): Promise<void>;
  /** Turns console calls into structured lines, which the runner shows with their level. */
  hijackConsoleLogging(): void;
  /** Runs when the SDK stops. */
  onStop(close: () => void | Promise<void>): void;
}

/** Throws when the program was not started by a runner. */
export function createWorkloadSdk(options?: WorkloadSdkOptions): WorkloadSdk;

/** The version under which this package was installed. */
export const version: string;
