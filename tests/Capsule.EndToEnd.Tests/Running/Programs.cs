namespace Capsule.EndToEnd.Tests.Running;

/// <summary>Small packages whose programs do what a test needs, with nothing to install.</summary>
internal static class Programs
{
    /// <summary>A Kit with one workload of bun, shown at / ; its manifest.</summary>
    public static string Kit(string? prepare = null) => $"""
        version: '1'
        name: fixture
        workloads:
          hello:
            endpoints: [http]
            runtime:
              source:
                toolchain: bun
        {(prepare is null ? "" : $"        prepare:\n          command: {prepare}\n")}        start:
                  command: bun run index.ts
        expose:
          - path: /
            target: hello
            endpoints: [http]
        """;

    /// <summary>Answers each path below with what the workload is able to do; starts a child of its own first.</summary>
    public const string Probe = """
        import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
        import { createConnection, createServer } from "node:net";
        import { createSocket } from "node:dgram";
        const unix = (name: string) => process.env[name]!.slice("unix:".length);
        const attempt = (what: () => unknown) => { try { return { did: true, what: what() }; } catch (e) { return { did: false, why: String(e) }; } };
        const child = Bun.spawn(["sleep", "1000"]);
        const dial = (port: number, host: string) => new Promise((done) => {
          try {
            const socket = createConnection({ port, host });
            socket.on("connect", () => done({ did: true }));
            socket.on("error", (e) => done({ did: false, why: String(e) }));
            setTimeout(() => done({ did: false, why: "silence" }), 3000);
          } catch (e) { done({ did: false, why: String(e) }); }
        });
        const listen = () => new Promise((done) => {
          try {
            const server = createServer();
            server.on("error", (e) => done({ did: false, why: String(e) }));
            server.listen(0, "127.0.0.1", () => done({ did: true }));
          } catch (e) { done({ did: false, why: String(e) }); }
        });
        const datagram = () => new Promise((done) => {
          try {
            const socket = createSocket("udp4");
            socket.on("error", (e) => done({ did: false, why: String(e) }));
            socket.bind(0, "127.0.0.1", () => done({ did: true }));
          } catch (e) { done({ did: false, why: String(e) }); }
        });
        Bun.serve({
          unix: unix("CAPAKIT_WORKLOAD_INGRESS_BIND"),
          idleTimeout: 0,
          async fetch(request: Request) {
            const url = new URL(request.url);
            const path = url.searchParams.get("path") ?? "";
            switch (url.pathname) {
              case "/http/read": return Response.json(attempt(() => readFileSync(path, "utf8").length));
              case "/http/list": return Response.json(attempt(() => readdirSync(path)));
              case "/http/exists": return Response.json(existsSync(path));
              case "/http/write": return Response.json(attempt(() => writeFileSync(path, "written from inside")));
              case "/http/environment": return Response.json(process.env);
              case "/http/dial": return Response.json(await dial(Number(url.searchParams.get("port")), url.searchParams.get("host")!));
              case "/http/listen": return Response.json(await listen());
              case "/http/datagram": return Response.json(await datagram());
              case "/http/processes": return Response.json(readdirSync("/proc").filter((n) => /^\d+$/.test(n)).map((n) => attempt(() => readFileSync(`/proc/${n}/cmdline`, "utf8"))));
              default: return new Response("alive");
            }
          },
        });
        await fetch("http://capakit.local/rpc", {
          unix: unix("CAPAKIT_WORKLOAD_BRIDGE_BIND"), method: "POST",
          headers: { "content-type": "application/x-capakit-workload-bridge-jsonl" },
          body: `${JSON.stringify({ id: "1", op: "workload_ready", params: null })}\n`,
        } as any);
        console.log(`child ${child.pid}`);
        """;

    /// <summary>A capsule with one target of node; its manifest.</summary>
    public static string Node(string more = "") => $"""
        schema_version = "0.2"
        name = "fixture"
        version = "1.0.0"
        type = "app"
        default_target = "server"

        [targets.server]
        runtime = "source"
        driver = "node"
        runtime_version = "20.11.0"
        entrypoint = "server.mjs"
        port = 3000
        {more}
        """;

    /// <summary>A server in Perl, which every machine has: answers "shell" to everything. A target of <see cref="Native"/>.</summary>
    public const string PerlServer = """
        #!/usr/bin/perl
        use Socket;
        socket(my $server, PF_INET, SOCK_STREAM, 0); setsockopt($server, SOL_SOCKET, SO_REUSEADDR, 1);
        bind($server, sockaddr_in($ENV{PORT}, inet_aton("127.0.0.1"))) or die $!; listen($server, 9);
        while (accept(my $client, $server)) { while (<$client>) { last if /^\r/ } print $client "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nshell"; close $client }
        """;

    /// <summary>A capsule with one program of its own, which needs no toolchain; its manifest.</summary>
    public static string Native(string entrypoint, string more = "") => $"""
        schema_version = "0.2"
        name = "fixture"
        version = "1.0.0"
        type = "tool"
        default_target = "tool"

        [targets.tool]
        runtime = "source"
        driver = "native"
        entrypoint = "{entrypoint}"
        {more}
        """;

    /// <summary>A static site; its manifest.</summary>
    public static string Site(string name = "site", string version = "1.0.0") => $"""
        schema_version = "0.2"
        name = "{name}"
        version = "{version}"
        type = "app"
        default_target = "site"

        [targets.site]
        runtime = "web"
        driver = "static"
        entrypoint = "site"
        port = 8080
        """;
}
