namespace Capsule.Runtime.Tests.Operations;

/// <summary>Programs for the workload of a Kit: each speaks the contract as a real one does, with what bun brings along.</summary>
internal static class KitFixtures
{
    private const string Common = """
        const unix = (name: string) => process.env[name]!.slice("unix:".length);
        const ingress = unix("CAPAKIT_WORKLOAD_INGRESS_BIND");
        const say = (level: string, msg: string, fields: object | null = null) =>
          console.log(JSON.stringify({ v: 1, ev: { level, msg: `[host-log][${level.toLowerCase()}] ${msg}`, time: Date.now(), component: null, fields, err: null }, ctx: {} }));
        let calls = 0;
        const bridge = async (op: string, params: unknown, type = "application/x-capakit-workload-bridge-jsonl") => {
          const response = await fetch("http://capakit.local/rpc", {
            unix: unix("CAPAKIT_WORKLOAD_BRIDGE_BIND"), method: "POST", headers: { "content-type": type },
            body: `${JSON.stringify({ id: String(++calls), op, params })}\n`,
          } as any);
          return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
        };

        """;

    /// <summary>Answers several paths; reports itself ready; runs a shutdown hook that takes half a second.</summary>
    public const string Good = Common + """
        import { writeFileSync, readdirSync, existsSync } from "node:fs";
        const server = Bun.serve({
          unix: ingress,
          async fetch(request: Request, server) {
            const { pathname } = new URL(request.url);
            if (pathname === "/http/ws" && server.upgrade(request)) return;
            if (pathname === "/http/env") return Response.json(process.env);
            if (pathname === "/http/bridge") return Response.json(await bridge("resolve_secret", { secret_mid: "api_key" }));
            if (pathname === "/http/unknown") return Response.json(await bridge("frobnicate", null));
            if (pathname === "/http/wrongtype") return Response.json(await bridge("workload_ready", null, "application/json"));
            if (pathname === "/http/fetch") return Response.json(await fetch("http://127.0.0.1:9/").then(() => "reached", (e) => String(e)));
            if (pathname === "/http/write") { writeFileSync("/app/written.txt", "x"); return Response.json(readdirSync("/app")); }
            if (pathname === "/http/exists") return Response.json(existsSync(new URL(request.url).searchParams.get("path")!));
            if (pathname === "/http/crash") { setTimeout(() => process.exit(7), 10); return Response.json("bye"); }
            if (pathname === "/http/stream") {
              return new Response(new ReadableStream({
                async start(c) { for (let i = 0; i < 3; i++) { c.enqueue(`chunk ${i}\n`); await Bun.sleep(300); } c.close(); },
              }));
            }
            return Response.json({ method: request.method, pathname, body: await request.text() });
          },
          websocket: { message(socket, message) { socket.send(`echo ${message}`); } },
        });
        process.on("SIGTERM", async () => { say("Info", "hook begins"); await Bun.sleep(500); say("Info", "hook done"); process.exit(0); });
        const ready = await bridge("workload_ready", null);
        say("Warn", "reported", { status: ready.status, type: ready.type, text: ready.text });
        console.log("plain \u001b[31mred\u001b[0m line");
        """;

    public const string EndsEarly = "console.error('no model here'); process.exit(3);";

    public const string NeverReady = "console.log('thinking'); setInterval(() => {}, 1000);";

    /// <summary>Its socket is a link to one of the host's.</summary>
    public const string LinksItsSocket = Common + """
        import { symlinkSync } from "node:fs";
        symlinkSync("/run/capsule/bridge.sock", ingress);
        setInterval(() => {}, 1000);
        """;

    /// <summary>Stops itself when its parent is process 1 and it does not believe to be in a container, as the SDK does (specs: kits 3.10).</summary>
    public const string OrphanTrap = Common + """
        Bun.serve({ unix: ingress, fetch: () => new Response("alive") });
        const watched = !(process.ppid <= 1 && (process.env.container || process.env.KUBERNETES_SERVICE_HOST));
        if (watched) setInterval(() => { if (process.ppid === 1) process.exit(0); }, 5000);
        say("Info", `parent ${process.ppid} watched ${watched}`);
        """;

    public const string IgnoresTerm = Common + """
        process.on("SIGTERM", () => say("Info", "not now"));
        Bun.serve({ unix: ingress, fetch: () => new Response("alive") });
        """;
}
