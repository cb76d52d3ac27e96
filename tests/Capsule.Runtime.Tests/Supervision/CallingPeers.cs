using System.Text.Json.Nodes;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Supervision;
using static Capsule.Runtime.Tests.Supervision.PeerScene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>Processes of several cells that call each other along the edges of the plan, and only there.</summary>
[TestClass]
public class CallingPeers
{
    [TestMethod]
    public async Task AnAllowedEndpointAnswersAsIfItWereCalledDirectly()
    {
        await using var scene = Create();
        var said = await RunAsync(scene, ServerCell(), Caller("job", """
            status, body = call('/api/a%20b//c?q=%2F&x', headers={'Authorization': 'Bearer capakit-local', 'X-Forwarded-Host': 'forged', 'Forwarded': 'for=me', 'Connection': 'X-Hop, ,Host, Content-Length, X-None', 'X-Hop': '1'})
            show(status, body.decode())
            """, NetworkMode.None, "/api", "/other"));
        StringAssert.StartsWith(said, "200 ");
        var request = JsonNode.Parse(said[4..])!;
        Assert.AreEqual("/api/a%20b//c?q=%2F&x", (string?)request["path"]);
        var headers = request["headers"]!.AsObject();
        Assert.AreEqual(("capakit.local", "Bearer capakit-local"), ((string?)headers["host"], (string?)headers["authorization"]));
        CollectionAssert.IsSubsetOf(headers.Select(h => h.Key).ToArray(), new[] { "host", "authorization", "accept-encoding" }, said);
        Assert.IsEmpty(Calls(scene));
    }

    [TestMethod]
    public async Task OtherPathsAreRefusedAndReportedOnce()
    {
        await using var scene = Create();
        var said = await RunAsync(scene, ServerCell(), Caller("job", """
            for target in ['/api', '/api/.well-known/x', '/other/y', '/apix', '/admin', '/admin', '/', '/api/../admin', '/api/%2e%2e/admin', '/api/..%2fadmin', '/api/%2E%2E%5cadmin', 'http://api/admin']: tell(target)
            tell('*', 'OPTIONS')
            """, NetworkMode.None, "/api", "/other"));
        static string No(string path) => $"403 CAP5320 job/task may not call '{path}' of api/service.";
        Assert.AreEqual(
            string.Join('\n', "200 /api", "200 /api/.well-known/x", "200 /other/y", No("/apix"), No("/admin"), No("/admin"), No("/"), No("/admin"), No("/admin"), No("/api/..%2fadmin"), No("/api/..\\admin"), No("/admin"), No("")),
            said);
        var denials = Calls(scene).ToArray();
        Assert.AreEqual("/apix /admin / /api/..%2fadmin /api/..\\admin ", string.Join(' ', denials.Select(d => d.Target["api/service ".Length..])));
        Assert.AreEqual(
            new Denial(
                "job/task", DeniedOperation.Call, "api/service /admin", "the connection has no such endpoint, only /api, /other", "peer:job/api/api",
                "workloads: {api: {endpoints: [/admin]}}", "capability.yml", 7, 19),
            denials[1]);
        Assert.IsNull(denials[3].Grant, "nobody can declare that");
        StringAssert.EndsWith(
            scene.Log.First(l => l.Denial == denials[1]).Text,
            "CAP5320: job/task may not call '/admin' of api/service. To allow it, write: workloads: {api: {endpoints: [/admin]}} (capability.yml:7:19)");
    }

    [TestMethod]
    public async Task WithoutAnEdgeThereIsNothingToConnectTo()
    {
        await using var scene = Create();
        const string Tries = """
            show(reach(lambda: connect('/run/capsule/peers/api.sock')), reach(lambda: connect('/run/capsule/ingress/i.sock')), reach(lambda: connect('\0peer')), reach(lambda: socket.create_connection(('127.0.0.1', 9000), 5)))
            show(os.listdir('/run/capsule/peers') if os.path.exists('/run/capsule/peers') else 'no folder')
            """;
        var said = await RunAsync(scene, ServerCell(NetworkMode.Loopback), Caller("apart", Tries, NetworkMode.Loopback));
        Assert.AreEqual("FileNotFoundError FileNotFoundError ConnectionRefusedError ConnectionRefusedError\nno folder", said);

        scene.Log.Clear();
        said = await RunAsync(scene, ServerCell(NetworkMode.Loopback), Caller("job", Tries + """

            show(reach(lambda: os.unlink('/run/capsule/peers/api.sock')), reach(lambda: open('/run/capsule/peers/more', 'w')))
            """, NetworkMode.None, "/api"));
        Assert.AreEqual("reached FileNotFoundError ConnectionRefusedError OSError\n['api.sock']\nOSError OSError", said);
    }

    [TestMethod]
    public async Task EventsArriveOneByOneAndUpgradesPass()
    {
        await using var scene = Create();
        var said = await RunAsync(scene, ServerCell(), Caller("job", """
            events = Connection('/run/capsule/peers/api.sock'); events.request('GET', '/api/events'); answer = events.getresponse()
            show(answer.getheader('content-type'), answer.readline().decode().strip()); answer.readline()
            call('/api/go', 'POST', b'')
            show(answer.read().decode().strip())
            s = connect(); s.sendall(b'GET /api/upgrade HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n'); f = s.makefile('rb')
            show(f.readline().decode().strip())
            while f.readline().strip(): pass
            for word in [b'one\n', b'two\n']: s.sendall(word); show(f.readline().decode().strip())
            s = connect(); s.sendall(b'GET /admin HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
            show(s.makefile('rb').readline().decode().strip())
            """, NetworkMode.None, "/api"));
        Assert.AreEqual("text/event-stream data: first\ndata: second\nHTTP/1.1 101 Switching Protocols\necho one\necho two\nHTTP/1.1 403 Forbidden", said);
    }

    [TestMethod]
    public async Task AnEndpointsOwnTimeLimitHoldsForItsPeersToo()
    {
        await using var scene = Create();
        var cell = Caller("job", "tell('/api/wait')\ntell('/api/x')", NetworkMode.None, "/api", "/api/wait");
        var process = cell.Processes.Single();
        var limited = process with { Peers = [process.Peers[0], process.Peers[1] with { TimeoutMilliseconds = 300 }] };
        var said = await RunAsync(scene, ServerCell(), cell with { Processes = [limited] });
        Assert.AreEqual("504 CAP5302 The workload 'api/service' did not answer within 300 ms.\n200 /api/x", said);
    }

    [TestMethod]
    public async Task LargeBodiesPassBothWaysAndManyCallersWaitTheirTurn()
    {
        // The server lets one caller wait for its turn; the others wait at the runner.
        await using var scene = Create();
        var said = await RunAsync(scene, ServerCell(), Caller("job", """
            import concurrent.futures
            big = os.urandom(9 << 20)
            show(call('/api/echo', 'POST', big) == (200, big), call('/api/echo', 'POST', iter([big[i:i + 99999] for i in range(0, len(big), 99999)])) == (200, big))
            with concurrent.futures.ThreadPoolExecutor(40) as pool: show({s for s, _ in pool.map(call, ['/api/x'] * 200)})
            """, NetworkMode.None, "/api"));
        Assert.AreEqual("True True\n{200}", said);
    }

    [TestMethod]
    public async Task ACallerThatHoldsConnectionsOpenGetsNoMoreThanItsShare()
    {
        await using var scene = Create();
        var said = await RunAsync(scene, ServerCell(), Caller("job", $$"""
            held = []
            def ask():
                s = connect(); held.append(s)
                try:
                    s.sendall(b'GET /admin HTTP/1.1\r\nHost: x\r\n\r\n')
                    return s.recv(12).decode() or 'closed'
                except ConnectionError: return 'closed'
            show({ask() for _ in range({{PeerGate.MostConnections}})}, ask())
            held.pop(0).close()
            end = time.time() + 60
            while ask() == 'closed' and time.time() < end: time.sleep(0.05)
            show(time.time() < end)
            """, NetworkMode.None, "/api"));
        Assert.AreEqual("{'HTTP/1.1 403'} closed\nTrue", said);
    }

    [TestMethod]
    public async Task APeerThatDiesEndsTheAnswerAndIsThenNotReady()
    {
        await using var scene = Create();
        var request = scene.Request(ServerCell(), Caller("job", """
            tell('/api/drop')
            half = Connection('/run/capsule/peers/api.sock'); half.request('GET', '/api/half'); answer = half.getresponse()
            show(answer.read(4).decode())
            call('/api/go', 'POST', b'')
            try: answer.read(); show('whole')
            except (http.client.IncompleteRead, ConnectionError): show('broken')
            while True:
                status, body = call('/api/x')
                if status == 503: break
            show(status, json.loads(body)['error']['code'], 'api/service' in json.loads(body)['error']['message'])
            time.sleep(600)
            """, NetworkMode.None, "/api"));
        await using var run = (await RunEngine.StartAsync(request, default)).Value!;
        var end = await run.Ended.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.AreEqual("CAP5406", end.Problem?.Code, Said(scene, null));
        await Until(() => Said(scene, "out").Contains("503", StringComparison.Ordinal), scene);
        var said = Said(scene, "out").Split('\n');
        StringAssert.StartsWith(said[0], "502 CAP5301 The workload 'api/service' did not answer");
        CollectionAssert.AreEqual(new[] { "half", "broken", "503 CAP5321 True" }, said[1..]);
    }

    [TestMethod]
    public async Task ALinkAtThePlaceOfItsSocketIsNotFollowed()
    {
        await using var scene = Create();
        var said = await RunAsync(scene, ServerCell(), Caller("job", """
            show(call('/api/plant', 'POST', b'x'))
            tell('/api/x')
            """, NetworkMode.None, "/api"));
        Assert.AreEqual("(200, b'x')\n503 CAP5321 'api/service' cannot be called now: 'i.sock' in the workload's socket folder is not a socket.", said);
    }

    [TestMethod]
    public async Task SeveralCallersHaveTheirOwnSocketsAndEndpoints()
    {
        await using var scene = Create();
        const string Script = "tell('/api/x')\ntell('/other/x')";
        await RunAsync(scene, ServerCell(), Caller("first", Script, NetworkMode.None, "/api"), Caller("second", Script, NetworkMode.Loopback, "/other"));
        Assert.AreEqual("200,403", Statuses(scene, "first"));
        Assert.AreEqual("403,200", Statuses(scene, "second"));
        Assert.AreEqual("first/task /other/x, second/task /api/x", string.Join(", ", Calls(scene).Select(d => $"{d.Process} {d.Target.Split(' ')[1]}").Order(StringComparer.Ordinal)));
        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(scene.Home.Runs, "*.sock", SearchOption.AllDirectories), "nothing is left");
    }

    [TestMethod]
    public void TwoProcessesCannotShareASocket()
    {
        var one = Caller("job", "", NetworkMode.None, "/api").Processes.Single();
        Assert.HasCount(1, PeerEdge.Of(Scene.Cell("job", one)));
        Assert.Throws<ArgumentException>(() => PeerEdge.Of(Scene.Cell("job", one, one with { Id = "job/other" })));
    }

    /// <summary>Without the server's own attempt at a socket of another kind.</summary>
    private static IEnumerable<Denial> Calls(Scene scene) => scene.Log.Select(l => l.Denial).OfType<Denial>().Where(d => d.Operation is DeniedOperation.Call);

    private static string Statuses(Scene scene, string cell) =>
        string.Join(',', scene.Log.Where(l => l.Stream == "out" && l.Process == $"{cell}/task").Select(l => l.Text.Split(' ')[0]));

    private static async Task Until(Func<bool> holds, Scene scene)
    {
        for (var end = DateTime.UtcNow.AddSeconds(60); !holds(); await Task.Delay(20))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, Said(scene, null));
        }
    }
}
