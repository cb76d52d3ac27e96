using System.Net;
using System.Net.Http.Headers;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Network;

[TestClass]
public class StaticServing
{
    private readonly TemporaryFolder _tree = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(20) };
    private PublicListener _listener = null!;

    [TestInitialize]
    public async Task Start()
    {
        _tree.Write("secret.txt", "outside of the site");
        _tree.Write("site/index.html", "<h1>Home</h1>");
        _tree.Write("site/about.html", "<h1>About</h1>");
        _tree.Write("site/style.css", "body{}");
        _tree.Write("site/data.unknownkind", "0123456789");
        _tree.Write("site/.env", "TOKEN=1");
        _tree.Write("site/.well/known", "x");
        _tree.Write("site/docs/index.html", "<h1>Docs</h1>");
        _tree.Write("site/empty/file.txt", "x");
        File.CreateSymbolicLink(_tree["site", "link.txt"], _tree["secret.txt"]);
        Directory.CreateSymbolicLink(_tree["site", "up"], _tree.Path);
        PublicRoute[] routes = [new() { Prefix = "/", Files = "site", Index = "index.html" }, new() { Prefix = "/sub", Files = "site/docs", Index = "index.html" }];
        _listener = (await PublicListener.StartAsync(new() { Routes = routes, Tree = _tree.Path, Dial = (_, _) => throw new InvalidOperationException() }, default)).Value!;
    }

    [TestCleanup]
    public async Task Stop()
    {
        await _listener.DisposeAsync();
        _http.Dispose();
        _tree.Dispose();
    }

    [TestMethod]
    [DataRow("/", "<h1>Home</h1>", "text/html; charset=utf-8")]
    [DataRow("/about.html", "<h1>About</h1>", "text/html; charset=utf-8")]
    [DataRow("/style.css", "body{}", "text/css; charset=utf-8")]
    [DataRow("/data.unknownkind", "0123456789", "application/octet-stream")]
    [DataRow("/docs/", "<h1>Docs</h1>", "text/html; charset=utf-8")]
    [DataRow("/sub/", "<h1>Docs</h1>", "text/html; charset=utf-8")]
    public async Task ServesFilesWithTheirTypes(string path, string content, string type)
    {
        using var response = await Get(path);
        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
        Assert.AreEqual(content, await response.Content.ReadAsStringAsync());
        Assert.AreEqual(type, response.Content.Headers.ContentType?.ToString());
        Assert.AreEqual("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [TestMethod]
    [DataRow("/docs", "/docs/")]
    [DataRow("/sub", "/sub/")]
    public async Task AFolderWithoutASlashIsRedirected(string path, string to)
    {
        using var response = await Get(path);
        Assert.AreEqual(HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.AreEqual(to, response.Headers.Location!.IsAbsoluteUri ? response.Headers.Location.AbsolutePath : response.Headers.Location.ToString());
    }

    [TestMethod]
    [DataRow("/missing")]
    [DataRow("/empty/")]
    [DataRow("/.env")]
    [DataRow("/.well/known")]
    [DataRow("/link.txt")]
    [DataRow("/up/secret.txt")]
    [DataRow("/../secret.txt")]
    [DataRow("/%2e%2e/secret.txt")]
    [DataRow("/..%2fsecret.txt")]
    [DataRow("/sub/..%2f..%2fsecret.txt")]
    [DataRow("/%00")]
    public async Task NothingElseIsServed(string path)
    {
        // A raw request: HttpClient would tidy the path up before sending it.
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _listener.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        var answer = await new StreamReader(stream).ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.IsTrue(answer.StartsWith("HTTP/1.1 404", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        Assert.IsFalse(answer.Contains("outside of the site", StringComparison.Ordinal) || answer.Contains("TOKEN", StringComparison.Ordinal), answer);
    }

    [TestMethod]
    public async Task AnUnchangedFileIsNotSentAgainAndAChangedOneIs()
    {
        using var first = await Get("/style.css");
        using var same = await Get("/style.css", r => r.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        Assert.AreEqual(HttpStatusCode.NotModified, same.StatusCode);

        // Same length, and the old modification time put back: only the change time tells.
        var before = File.GetLastWriteTimeUtc(_tree["site", "style.css"]);
        await Task.Delay(1100);
        _tree.Write("site/style.css", "main{}");
        File.SetLastWriteTimeUtc(_tree["site", "style.css"], before);
        using var changed = await Get("/style.css", r => r.Headers.IfNoneMatch.Add(first.Headers.ETag!));
        Assert.AreEqual("main{}", await changed.Content.ReadAsStringAsync());
    }

    [TestMethod]
    public async Task ARangeIsServed()
    {
        using var response = await Get("/data.unknownkind", r => r.Headers.Range = new RangeHeaderValue(2, 4));
        Assert.AreEqual(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.AreEqual("234", await response.Content.ReadAsStringAsync());
    }

    [TestMethod]
    public async Task HeadHasTheHeadersOnly()
    {
        using var response = await Get("/about.html", r => r.Method = HttpMethod.Head);
        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
        Assert.AreEqual(14, response.Content.Headers.ContentLength);
    }

    [TestMethod]
    public async Task OnlyReadingIsAllowed()
    {
        using var response = await Get("/about.html", r => r.Method = HttpMethod.Post);
        Assert.AreEqual(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    private Task<HttpResponseMessage> Get(string path, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_listener.Address, path));
        change?.Invoke(request);
        return _http.SendAsync(request);
    }
}
