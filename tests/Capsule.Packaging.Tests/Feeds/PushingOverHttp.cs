using System.Net;
using System.Net.Sockets;
using System.Text;
using Capsule.Distribution;
using Capsule.Distribution.Feeds;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Feeds;

/// <summary>What a feed's server answers to a push reaches the user as one code.</summary>
[TestClass]
public sealed class PushingOverHttp : IDisposable
{
    private static readonly PackageName Hello = new("acme", "hello", "1.0.0");

    private readonly TemporaryFolder _folder = new();
    private readonly HttpListener _server = new();
    private readonly string _root;

    private HttpStatusCode _answer = HttpStatusCode.Created;
    private string? _key;

    public PushingOverHttp()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _root = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _server.Prefixes.Add(_root);
        _server.Start();
        _ = AnswerAsync();
    }

    public void Dispose()
    {
        _server.Close();
        _folder.Dispose();
    }

    [TestMethod]
    public async Task SendsTheFeedsKey()
    {
        var push = await PushAsync();

        Assert.IsTrue(push.Succeeded, push.Diagnostics.FirstOrDefault()?.Message);
        Assert.AreEqual("the-key", _key);
    }

    [TestMethod]
    [DataRow(HttpStatusCode.Forbidden)]
    [DataRow(HttpStatusCode.BadRequest)]
    [DataRow(HttpStatusCode.RequestEntityTooLarge)]
    public async Task ThatIsRefusedSaysSo(HttpStatusCode answer)
    {
        _answer = answer;

        var push = await PushAsync();

        Assert.AreEqual("CAP4009", push.Diagnostics.Single().Code);
        StringAssert.Contains(push.Diagnostics.Single().Message, ((int)answer).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.IsFalse(push.Diagnostics.Single().Message.Contains("the-key", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task OfAVersionThatIsTakenIsAConflict()
    {
        _answer = HttpStatusCode.Conflict;

        var push = await PushAsync();

        Assert.AreEqual("CAP4005", push.Diagnostics.Single().Code);
        Assert.AreEqual(9, (int)push.Exit);
    }

    private async Task<Core.Diagnostics.Result<string>> PushAsync() =>
        await Feed.Open(_root + "v3/index.json", _folder.Path).Value!.PushAsync(_folder.Write("acme.hello.1.0.0.nupkg", "bytes"), Hello, () => "the-key", CancellationToken.None);

    private async Task AnswerAsync()
    {
        while (_server.IsListening)
        {
            HttpListenerContext call;
            try
            {
                call = await _server.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            if (call.Request.HttpMethod == "PUT")
            {
                _key = call.Request.Headers["X-NuGet-ApiKey"];
                await call.Request.InputStream.CopyToAsync(Stream.Null);
                call.Response.StatusCode = (int)_answer;
            }
            else
            {
                call.Response.ContentType = "application/json";
                await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(
                    $$"""{"version":"3.0.0","resources":[{"@id":"{{_root}}push","@type":"PackagePublish/2.0.0"}]}"""));
            }

            call.Response.Close();
        }
    }
}
