using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>Cells of a server and of those that call it, in python: what a workload sees of its peers.</summary>
internal static class PeerScene
{
    public const string Ingress = "/run/capsule/ingress/i.sock";
    public const string Socket = "/run/capsule/peers/api.sock";

    /// <summary>HTTP on the ingress socket; below /api it does what its paths say, elsewhere it says that it was reached.</summary>
    private const string Server = """
        import hashlib, json, os, socket, socketserver, sys, threading
        from http.server import BaseHTTPRequestHandler
        go = threading.Event()
        class Handler(BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            def log_message(self, *_): pass
            def answer(self, body, status=200):
                self.send_response(status); self.send_header('Content-Length', str(len(body))); self.end_headers(); self.wfile.write(body)
            def body(self):
                if 'chunked' not in self.headers.get('Transfer-Encoding', ''): return self.rfile.read(int(self.headers.get('Content-Length', 0)))
                parts = []
                while size := int(self.rfile.readline(), 16):
                    parts.append(self.rfile.read(size)); self.rfile.readline()
                self.rfile.readline()
                return b''.join(parts)
            def do_POST(self):
                given = self.body()
                if self.path == '/api/go': go.set()
                if self.path == '/api/plant':
                    os.rename(sys.argv[1], sys.argv[1] + '.other'); os.symlink('i.sock.other', sys.argv[1]); self.close_connection = True
                self.answer(given)
            def do_GET(self):
                if self.path == '/api/events':
                    self.send_response(200); self.send_header('Content-Type', 'text/event-stream'); self.send_header('Connection', 'close'); self.end_headers()
                    self.wfile.write(b'data: first\n\n'); self.wfile.flush(); go.wait(60); self.wfile.write(b'data: second\n\n'); self.close_connection = True
                elif self.path == '/api/upgrade':
                    self.send_response(101); self.send_header('Upgrade', 'echo'); self.send_header('Connection', 'Upgrade'); self.end_headers(); self.close_connection = True
                    while line := self.rfile.readline(): self.wfile.write(b'echo ' + line)
                elif self.path == '/api/wait': go.wait(60)
                elif self.path == '/api/drop': self.close_connection = True
                elif self.path == '/api/half':
                    self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'); self.wfile.flush(); go.wait(60); os._exit(3)
                else: self.answer(json.dumps({'path': self.path, 'headers': {k.lower(): v for k, v in self.headers.items()}}).encode())
            do_OPTIONS = do_GET
        class Listening(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            daemon_threads = True; request_queue_size = 1
        server = Listening(sys.argv[1], Handler, bind_and_activate=False)
        server.get_request = lambda: (server.socket.accept()[0], ('peer', 0))
        abstract = socket.socket(socket.AF_UNIX); abstract.bind('\0peer'); abstract.listen()
        try: tcp = socket.create_server(('127.0.0.1', 9000))
        except OSError: pass
        server.server_bind(); server.server_activate(); server.serve_forever()
        """;

    /// <summary>Functions for those that call.</summary>
    private const string Calling = """
        import http.client, json, os, socket, sys, time
        def connect(path='/run/capsule/peers/api.sock'):
            s = socket.socket(socket.AF_UNIX); s.settimeout(60); s.connect(path); return s
        class Connection(http.client.HTTPConnection):
            def __init__(self, path): super().__init__('capakit.local', timeout=60); self.at = path
            def connect(self): self.sock = connect(self.at)
        def call(target, method='GET', body=None, headers={}, path='/run/capsule/peers/api.sock'):
            c = Connection(path); c.request(method, target, body, headers, encode_chunked=not isinstance(body, bytes)); r = c.getresponse()
            return r.status, r.read()
        def show(*words): print(*words, flush=True)
        def tell(target, method='GET', headers={}):
            status, body = call(target, method, headers=headers); answer = json.loads(body)
            show(status, answer.get('path') or answer['error']['code'] + ' ' + answer['error']['message'])
        def reach(what):
            try: what(); return 'reached'
            except OSError as e: return type(e).__name__
        """;

    /// <summary>The programs, where <see cref="ServerCell"/> and <see cref="Caller"/> expect them.</summary>
    public static Scene Create()
    {
        var scene = new Scene();
        scene.Tree.Write("server.py", Server);
        scene.Tree.Write("calling.py", Calling);
        return scene;
    }

    public static CellPlan ServerCell(NetworkMode network = NetworkMode.None) => WithTree("api", new ProcessPlan
    {
        Id = "api/service",
        Stage = ProcessStage.Service,
        Argv = ["/usr/bin/python3", "-B", "/app/server.py", Ingress],
        Cwd = "/app",
        Network = new NetworkPlan { Mode = network },
        Listen = [new ListenPlan { Name = "ingress", Path = Ingress }],
        Ready = new ReadyPlan { Kind = ReadyKind.Connect, Listener = "ingress", TimeoutSeconds = 60 },
    });

    /// <summary>A task that runs python with the functions at hand.</summary>
    public static CellPlan Caller(string id, string script, NetworkMode network, params string[] endpoints) => WithTree(id, new ProcessPlan
    {
        Id = $"{id}/task",
        Stage = ProcessStage.Task,
        Argv = ["/usr/bin/python3", "-B", "-c", "from calling import *\n" + script],
        Cwd = "/app",
        Network = new NetworkPlan { Mode = network },
        DependsOn = ["api/service"],
        Peers =
        [
            .. endpoints.Select(e => new PeerPlan(
                "api/service", e, "http", Socket,
                new Permission($"peer:{id}/api{e}", new Origin("capability.yml", $"/workloads/{id}/connections/0", new SourceRange(7, 19, 7, 22)), "connections: [api]"),
                "workloads: {api: {endpoints: [{endpoint}]}}")),
        ],
    });

    /// <summary>Runs until the tasks have ended; what they printed.</summary>
    public static async Task<string> RunAsync(Scene scene, params CellPlan[] cells)
    {
        var started = await RunEngine.StartAsync(scene.Request(cells), default);
        Assert.IsTrue(started.Succeeded, string.Join('\n', started.Diagnostics.Select(d => $"{d.Code} {d.Message}")));
        await using var run = started.Value;
        var end = await run.Ended.WaitAsync(TimeSpan.FromSeconds(120));
        Assert.AreEqual(0, end.ExitCode, Said(scene, null));
        return Said(scene, "out");
    }

    public static string Said(Scene scene, string? stream) =>
        string.Join('\n', scene.Log.Where(l => stream is null || l.Stream == stream).Select(l => l.Text));

    private static CellPlan WithTree(string id, ProcessPlan process) => Cell(id, process) with
    {
        Mounts = [new MountPlan { Id = "app", Kind = MountKind.Tree, Source = "", Target = "/app" }],
    };
}
