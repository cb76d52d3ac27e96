import type { EndpointInput, WorkloadHttpHandlerContext, WorkloadSdk } from "./index.js";

/** Gets the JSON of the request, null without one; what it returns is the result, what it throws is the failure. */
export type WorkloadTest = (input: unknown, context: WorkloadHttpHandlerContext) => unknown;

export interface TestsMount {
  /** `/test` unless told otherwise. */
  endpoint?: EndpointInput | undefined;
  tests: Readonly<Record<string, WorkloadTest>>;
}

/** GET lists the ids, POST to an id runs its test. */
export function mountTests(sdk: WorkloadSdk, mount: TestsMount): void;
