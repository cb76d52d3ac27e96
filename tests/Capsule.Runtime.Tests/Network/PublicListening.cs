using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Tests;
using Microsoft.AspNetCore.Http;

namespace Capsule.Runtime.Tests.Network;

[TestClass]
public class PublicListening
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };
    private HeldFolder _sockets = null!;

    [TestInitialize]
    public void Hold() => _sockets = HeldFolder.Open(_folder.Path);

    [TestCleanup]
    public void Clean()
    {
        _sockets.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    [DataRow("/", "/http/")]
    [DataRow("/api/health?deep=1", "/http/api/health?deep=1")]
    [DataRow("/mcpx", "/http/mcpx")]
    [DataRow("/v1/images/generations", "/oaic/images/generations")]
    [DataRow("/v1", "/oaic")]
    [DataRow("/a%20b%2Fc", "/http/a%20b%2Fc")]
    public async Task TheLongestPrefixWinsAndIsReplaced(string asked, string inside)
    {
        await using var workload = await Echo();
        await using var listener = await Listen(Route("/", "/http"), Route("/v1", "/oaic"), Route("/mcp", "/mcp"));

        var seen = await _http.GetFromJsonAsync<JsonObject>(new Uri(listener.Address, asked));

        Assert.AreEqual(inside, (string?)seen!["target"]);
    }

    [TestMethod]
    public async Task TheWorkloadLearnsHowItWasReached()
    {
        await using var workload = await Echo();
        await using var listener = await Listen(Route("/app", "/http"));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(listener.Address, "/app/x")) { Content = new StringContent("body") };
        request.Headers.Add("X-Forwarded-Host", "spoofed");
        request.Headers.Add("X-Forwarded-For", "6.6.6.6");

        var seen = await (await _http.SendAsync(request)).Content.ReadFromJsonAsync<JsonObject>();

        Assert.AreEqual(listener.Address.Authority, (string?)seen!["host"]);
        Assert.AreEqual("http", (string?)seen["proto"]);
        Assert.AreEqual("/app", (string?)seen["prefix"]);
        Assert.AreEqual("body", (string?)seen["body"]);
        Assert.AreEqual("", (string?)seen["for"]);
    }

    [TestMethod]
    public async Task AnAnswerArrivesChunkByChunk()
    {
        var next = new SemaphoreSlim(0);
        await using var workload = await Workload.StartAsync(_folder["w.sock"], async context =>
        {
            for (var i = 0; i < 3; i++)
            {
                await context.Response.WriteAsync($"data: {i}\n\n");
                await context.Response.Body.FlushAsync();
                await next.WaitAsync(TimeSpan.FromSeconds(10));
            }
        });
        await using var listener = await Listen(Route("/", "/"));
        using var response = await _http.GetAsync(listener.Address, HttpCompletionOption.ResponseHeadersRead);
        using var body = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (var i = 0; i < 3; i++)
        {
            Assert.AreEqual($"data: {i}", await body.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)));
            await body.ReadLineAsync();
            next.Release();
        }
    }

    [TestMethod]
    public async Task AWebSocketPassesBothWays()
    {
        await using var workload = await Workload.StartAsync(_folder["w.sock"], async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[100];
            var got = await socket.ReceiveAsync(buffer.AsMemory(), default);
            await socket.SendAsync(Encoding.UTF8.GetBytes($"{context.Request.Path} {Encoding.UTF8.GetString(buffer, 0, got.Count)}"), WebSocketMessageType.Text, true, default);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        });
        await using var listener = await Listen(Route("/voice", "/http"));
        using var client = new ClientWebSocket();
        client.Options.Proxy = null;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await client.ConnectAsync(new Uri($"ws://{listener.Address.Authority}/voice/ws"), limit.Token);
        await client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, limit.Token);
        var answer = new byte[100];
        var read = await client.ReceiveAsync(answer.AsMemory(), limit.Token);
        Assert.AreEqual("/http/ws hello", Encoding.UTF8.GetString(answer, 0, read.Count));
    }

    [TestMethod]
    [DataRow("GET")]
    [DataRow("DELETE")]
    public async Task McpEndpointsHaveNoStreamAndNoSession(string method)
    {
        await using var workload = await Echo();
        await using var listener = await Listen(Route("/mcp", "/mcp") with { Protocol = "mcp" });
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(listener.Address, "/mcp"));
        using var response = await _http.SendAsync(request);
        Assert.AreEqual(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.AreEqual("POST", response.Content.Headers.Allow.Single());
    }

    [TestMethod]
    public async Task AnMcpServerSeesWhichAnswersItsCallerTakes()
    {
        await using var workload = await Workload.StartAsync(_folder["w.sock"], context => context.Response.WriteAsync($"{context.Request.Headers.Accept} {context.Request.Headers["MCP-Protocol-Version"]}"));
        await using var listener = await Listen(Route("/mcp", "/agent") with { Protocol = "mcp" });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(listener.Address, "/mcp"));
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream, application/json");
        request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", "2025-06-18");
        using var response = await _http.SendAsync(request);
        Assert.AreEqual("text/event-stream, application/json 2025-06-18", await response.Content.ReadAsStringAsync());
    }

    [TestMethod]
    public async Task AWorkloadThatIsGoneIs502()
    {
        await using var listener = await Listen(Route("/", "/"));
        await Answers(502, "CAP5301", new(HttpMethod.Get, listener.Address));
    }

    [TestMethod]
    public async Task AWorkloadThatIsSlowIs504()
    {
        await using var workload = await Workload.StartAsync(_folder["w.sock"], context => Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted));
        await using var listener = await Listen(Route("/mcp", "/mcp") with { Protocol = "mcp", TimeoutMilliseconds = 200 });
        await Answers(504, "CAP5302", new(HttpMethod.Post, new Uri(listener.Address, "/mcp")));
    }

    [TestMethod]
    public async Task ForeignNamesAreNotAnswered()
    {
        await using var workload = await Echo();
        await using var listener = await Listen(Route("/", "/"));
        foreach (var foreign in new[] { "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1" })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, listener.Address);
            request.Headers.Host = foreign;
            await Answers(403, "CAP5303", request);
        }

        foreach (var local in new[] { "localhost", "app.localhost:80", "[::1]:99" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, listener.Address);
            request.Headers.Host = local;
            Assert.AreEqual(HttpStatusCode.OK, (await _http.SendAsync(request)).StatusCode, local);
        }
    }

    [TestMethod]
    public async Task ForeignPagesAreNotAnswered()
    {
        await using var workload = await Echo();
        await using var listener = await Listen(Route("/", "/"));
        foreach (var origin in new[] { "https://evil.example", "null" })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, listener.Address);
            request.Headers.Add("Origin", origin);
            await Answers(403, "CAP5304", request);
        }

        using var own = new HttpRequestMessage(HttpMethod.Post, listener.Address);
        own.Headers.Add("Origin", listener.Address.GetLeftPart(UriPartial.Authority));
        Assert.AreEqual(HttpStatusCode.OK, (await _http.SendAsync(own)).StatusCode);
    }

    [TestMethod]
    public async Task APathThatNobodyServesIs404AndNamesWhatIsServed()
    {
        await using var listener = await Listen(Route("/mcp", "/mcp"));
        StringAssert.Contains(await Answers(404, "CAP5307", new(HttpMethod.Get, new Uri(listener.Address, "/other"))), "/mcp");
    }

    [TestMethod]
    public async Task ATakenPortIsAConflict()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var result = await PublicListener.StartAsync(Request([]) with { Port = ((IPEndPoint)taken.LocalEndpoint).Port }, default);
        Assert.AreEqual("CAP5300", result.Diagnostics.Single().Code);
        Assert.AreEqual(ExitCode.Conflict, result.Exit);
    }

    [TestMethod]
    public async Task AFolderThatIsMissingOrALinkIsNamed()
    {
        Directory.CreateSymbolicLink(_folder["link"], "/etc");
        foreach (var folder in new[] { "missing", "link" })
        {
            var result = await PublicListener.StartAsync(Request([new() { Prefix = "/", Files = folder }]), default);
            Assert.AreEqual("CAP5308", result.Diagnostics.Single().Code);
        }
    }

    /// <summary>DNS rebinding against MCP servers: a foreign name that leads to 127.0.0.1, at every kind of endpoint.</summary>
    [TestMethod]
    public Task CVE_2025_66414_NoEndpointAnswersToAForeignName() => NoEndpointAnswersAsync("CAP5303", request => request.Headers.Host = "rebound.evil.example");

    /// <summary>The same with the page's own name in Origin.</summary>
    [TestMethod]
    public Task CVE_2025_66416_NoEndpointAnswersToAForeignOrigin() => NoEndpointAnswersAsync("CAP5304", request => request.Headers.Add("Origin", "https://evil.example"));

    /// <summary>A page that sends requests to a local server without a name of its own, as with an image or mode no-cors.</summary>
    [TestMethod]
    public async Task CVE_2025_49596_NoEndpointAnswersToAnotherSite()
    {
        await NoEndpointAnswersAsync("CAP5304", request => request.Headers.Add("Sec-Fetch-Site", "cross-site"));
        await using var workload = await Echo();
        await using var listener = await Listen(Route("/", "/"));
        foreach (var (site, destination) in new[] { ("none", "document"), ("same-origin", "empty"), ("cross-site", "document") })
        {
            using var link = new HttpRequestMessage(HttpMethod.Get, listener.Address);
            link.Headers.Add("Sec-Fetch-Site", site);
            link.Headers.Add("Sec-Fetch-Dest", destination);
            Assert.AreEqual(HttpStatusCode.OK, (await _http.SendAsync(link)).StatusCode, "a person's own way there");
        }
    }

    private async Task NoEndpointAnswersAsync(string code, Action<HttpRequestMessage> change)
    {
        var reached = 0;
        await using var workload = await Workload.StartAsync(_folder["w.sock"], _ =>
        {
            Interlocked.Increment(ref reached);
            return Task.CompletedTask;
        });
        _folder.Write("site/index.html", "page");
        await using var listener = await Listen(
            Route("/", "/"), Route("/mcp", "/mcp") with { Protocol = "mcp" }, Route("/v1", "/oaic") with { Protocol = "oaic" }, Route("/a2a", "/a2a") with { Protocol = "a2a" },
            new PublicRoute { Prefix = "/site", Files = "site", Index = "index.html" });
        foreach (var path in new[] { "", "mcp", "v1/models", "a2a", "site/", "nowhere" })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
            {
                var request = new HttpRequestMessage(method, new Uri(listener.Address, path));
                change(request);
                await Answers(403, code, request);
            }
        }

        Assert.AreEqual(0, reached, "the workload was not asked");
    }

    [TestMethod]
    public void ThePortsOfTheSystemAreAnErrorOfTheirOwn() => Assert.AreEqual("CAP5309", NetworkDiagnostics.PortForbidden.Code);

    [TestMethod]
    public async Task ASocketThatIsALinkIsNotFollowed()
    {
        Directory.CreateDirectory(_folder["host"]);
        await using var host = await Workload.StartAsync(_folder["host", "docker.sock"], context => context.Response.WriteAsync("secret of the host"));
        File.CreateSymbolicLink(_folder["w.sock"], _folder["host", "docker.sock"]);
        await using var listener = await Listen(Route("/", "/"));
        StringAssert.Contains(await Answers(502, "CAP5301", new(HttpMethod.Get, listener.Address)), "is not a socket");
    }

    [TestMethod]
    public void TheDiagnosticOfAFakeSocketHasItsCode() => Assert.AreEqual("CAP5305", NetworkDiagnostics.NotASocket.Code);

    private Task<Workload> Echo() => Workload.StartAsync(_folder["w.sock"], async context =>
    {
        using var body = new StreamReader(context.Request.Body);
        await context.Response.WriteAsJsonAsync(new
        {
            target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget,
            host = (string?)context.Request.Headers["X-Forwarded-Host"],
            proto = (string?)context.Request.Headers["X-Forwarded-Proto"],
            prefix = (string?)context.Request.Headers["X-Forwarded-Prefix"],
            @for = context.Request.Headers["X-Forwarded-For"].ToString(),
            body = await body.ReadToEndAsync(),
        });
    });

    private async Task<string> Answers(int status, string code, HttpRequestMessage request)
    {
        using var response = await _http.SendAsync(request);
        Assert.AreEqual(status, (int)response.StatusCode);
        var error = (await response.Content.ReadFromJsonAsync<JsonObject>())!["error"]!;
        Assert.AreEqual(code, (string?)error["code"]);
        return $"{error["message"]} {error["hint"]}";
    }

    private static PublicRoute Route(string prefix, string path) => new() { Prefix = prefix, Path = path, Process = "hello/start", Listener = "ingress" };

    private PublicListenerRequest Request(IReadOnlyList<PublicRoute> routes) =>
        new() { Routes = routes, Tree = _folder.Path, Dial = (_, _) => Dials.Unix(_sockets, "w.sock") };

    private async Task<PublicListener> Listen(params PublicRoute[] routes) => (await PublicListener.StartAsync(Request(routes), default)).Value!;
}
