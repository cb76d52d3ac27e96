/**
 * Serves test cases that run inside the workload: GET lists them, POST to one of their ids runs it.
 */
export function mountTests(sdk, { endpoint = "/test", tests }) {
  const cases = new Map(Object.entries(tests));
  sdk.mount({
    protocol: "http",
    endpoint,
    async handler(request, context) {
      const path = new URL(request.url).pathname;
      const id = decodeURIComponent((path.startsWith(`${context.endpoint}/`) ? path.slice(context.endpoint.length) : path).replace(/^\/+|\/+$/g, ""));
      if (request.method === "GET" && (id === "" || path === context.endpoint)) {
        return Response.json({ tests: [...cases.keys()] });
      }

      const run = cases.get(id);
      if (run === undefined) {
        return Response.json({ error: `there is no test '${id}'` }, { status: 404 });
      }

      if (request.method !== "POST") {
        return Response.json({ error: "a test is run by POST" }, { status: 405, headers: { allow: "POST" } });
      }

      const text = await request.text();
      try {
        return Response.json({ id, ok: true, result: (await run(text === "" ? null : JSON.parse(text), context)) ?? null });
      } catch (problem) {
        return Response.json({ id, ok: false, error: problem instanceof Error ? problem.message : String(problem) }, { status: 500 });
      }
    },
  });
}
