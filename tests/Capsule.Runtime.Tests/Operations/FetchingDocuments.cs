using System.Text;
using Capsule.Operations.Atoms.Fetching;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>What a server can do to somebody who fetches a document from it (specs: atoms 9.1).</summary>
[TestClass]
public sealed class FetchingDocuments : IDisposable
{
    private static readonly FetchRules Quick = new() { Timeout = TimeSpan.FromSeconds(30), Pause = TimeSpan.FromMilliseconds(1), Limit = 1 << 20 };

    private readonly LoopbackServer _server = new();

    public void Dispose() => _server.Dispose();

    [TestMethod]
    public async Task GivesTheBytesWithWhatTheServerSays()
    {
        _server.Pages["/a"] = WebAnswer.To("/b");
        _server.Pages["/b"] = WebAnswer.To($"{_server.Root}/c%20d?x=1", 308);
        _server.Pages["/c%20d?x=1"] = WebAnswer.Text("hello", "text/x; charset=utf-8", "\"1\"");

        var answer = await GetAsync("/a");

        Assert.AreEqual("hello", Encoding.UTF8.GetString(answer.Document!.Bytes));
        Assert.AreEqual(($"{_server.Root}/c%20d?x=1", "text/x; charset=utf-8", "\"1\""), (answer.Document.Address.AbsoluteUri, answer.Document.MediaType, answer.Document.ETag));
    }

    [TestMethod]
    public async Task FollowsFiveRedirects()
    {
        _server.Answer = asked => asked == "/5" ? WebAnswer.Text("there") : WebAnswer.To($"/{int.Parse(asked[1..], System.Globalization.CultureInfo.InvariantCulture) + 1}", 307);

        Assert.IsTrue((await GetAsync("/0")).Succeeded);
    }

    [TestMethod]
    [DataRow("/loop", "it redirects more than 5 times")]
    [DataRow("/file", "it redirects to the scheme 'file'")]
    [DataRow("/nowhere", "it redirects without saying where")]
    [DataRow("/secret", "it redirects to an address with a name or a password")]
    [DataRow("/large", "it is larger than 1 MiB")]
    [DataRow("/endless", "it is larger than 1 MiB")]
    [DataRow("/bomb", "it is larger than 1 MiB")]
    public async Task RefusesWhatLeadsAstrayOrHasNoEnd(string path, string why)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal))
        {
            gzip.Write(new byte[4 << 20]);
        }

        _server.Answer = asked => asked switch
        {
            "/loop" => WebAnswer.To("/loop"),
            "/file" => WebAnswer.To("file:///etc/passwd"),
            "/nowhere" => new WebAnswer(301) { Promised = 0 },
            "/secret" => WebAnswer.To("http://user:pass@127.0.0.1/"),
            "/large" => new WebAnswer(200) { Promised = 1L << 40, Body = Endless() },
            "/endless" => new WebAnswer(200) { Body = Endless() },
            "/bomb" => new WebAnswer(200) { Promised = packed.ToArray().Length, Body = [packed.ToArray()], Headers = new Dictionary<string, string> { ["Content-Encoding"] = "gzip" } },
            _ => new WebAnswer(404),
        };

        var answer = await GetAsync(path);

        Assert.AreEqual((FetchFailure.Refused, "CAP0896"), (answer.Failure, answer.Problem!.Code));
        StringAssert.Contains(answer.Problem.Message, why);
        Assert.AreEqual("ATM3004", answer.Problem.Kind.Aliases.Single());
        Assert.HasCount(path == "/loop" ? 6 : 1, _server.Asked);
    }

    [TestMethod]
    [DataRow(404, FetchFailure.Missing, 1)]
    [DataRow(410, FetchFailure.Missing, 1)]
    [DataRow(403, FetchFailure.Refused, 1)]
    [DataRow(204, FetchFailure.Refused, 1)]
    [DataRow(500, FetchFailure.Unreachable, 3)]
    [DataRow(503, FetchFailure.Unreachable, 3)]
    public async Task TriesAgainOnlyWhereThatCanHelp(int status, FetchFailure failure, int attempts)
    {
        _server.Answer = _ => new WebAnswer(status) { Promised = 0 };

        var answer = await GetAsync("/x?token=secret");

        Assert.AreEqual((failure, "CAP0894", attempts), (answer.Failure, answer.Problem!.Code, _server.Asked.Length));
        StringAssert.Contains(answer.Problem.Message, $"{status}");
        Assert.IsFalse(answer.Problem.Message.Contains("secret", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task TakesWhatComesAfterAFailure()
    {
        var answers = new Queue<WebAnswer>([new WebAnswer(502) { Promised = 0 }, new WebAnswer(200) { Promised = 9, Body = [[1]], Hangs = true }, WebAnswer.Text("late")]);
        _server.Answer = _ => answers.Dequeue();

        var answer = await GetAsync("/x", Quick with { Timeout = TimeSpan.FromSeconds(2) });

        Assert.AreEqual("late", Encoding.UTF8.GetString(answer.Document!.Bytes));
    }

    [TestMethod]
    public async Task WaitsForNobodyForever()
    {
        _server.Answer = asked => asked == "/drips" ? new WebAnswer(200) { Promised = 9, Body = [[1]], Hangs = true } : new WebAnswer(200) { Promised = 9, Body = [[1]] };

        var slow = await GetAsync("/drips", Quick with { Timeout = TimeSpan.FromMilliseconds(200), Retries = 1 });
        Assert.AreEqual((FetchFailure.Unreachable, "CAP0893", 2), (slow.Failure, slow.Problem!.Code, _server.Asked.Length));
        StringAssert.Contains(slow.Problem.Message, "no full answer within 0.2 s");

        var cut = await GetAsync("/cut");
        Assert.AreEqual((FetchFailure.Unreachable, "CAP0893"), (cut.Failure, cut.Problem!.Code));

        using var dead = new DeadPort();
        using var fetcher = new Fetcher(Quick);
        var none = await fetcher.GetAsync(new Uri(dead.Root), CancellationToken.None);
        Assert.AreEqual((FetchFailure.Unreachable, "ATM3001"), (none.Failure, none.Problem!.Kind.Aliases.Single()));

        using var cancel = new CancellationTokenSource();
        var pending = fetcher.GetAsync(new Uri(_server.Root + "/drips"), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => pending);
    }

    [TestMethod]
    public async Task AsksNobodyWhenTheNetworkIsOff()
    {
        var answer = await GetAsync("/x", Quick with { Network = false });

        Assert.AreEqual((FetchFailure.Unreachable, "CAP0893", 0), (answer.Failure, answer.Problem!.Code, _server.Asked.Length));
    }

    [TestMethod]
    public async Task ReadsFilesAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        using var fetcher = new Fetcher(Quick);
        folder.Write("a b#%.txt", "x");
        Assert.AreEqual("x", Encoding.UTF8.GetString((await GetAsync(folder["a b#%.txt"])).Document!.Bytes));
        Assert.AreEqual(FetchFailure.Missing, (await GetAsync(folder["none"])).Failure);
        Assert.AreEqual("CAP0896", (await GetAsync(folder.Path)).Problem!.Code);
        File.WriteAllBytes(folder["large"], new byte[(1 << 20) + 1]);
        Assert.AreEqual("CAP0896", (await GetAsync(folder["large"])).Problem!.Code);
        if (OperatingSystem.IsLinux())
        {
            Assert.AreEqual(FetchFailure.Refused, (await GetAsync("/dev/zero")).Failure);
        }

        Assert.AreEqual("CAP0896", (await fetcher.GetAsync(new Uri("file://server/share/x"), CancellationToken.None)).Problem!.Code);
        Assert.AreEqual("CAP0896", (await fetcher.GetAsync(new Uri("ftp://127.0.0.1/x"), CancellationToken.None)).Problem!.Code);
        Assert.AreEqual("CAP0896", (await fetcher.GetAsync(new Uri("http://u:p@127.0.0.1/x"), CancellationToken.None)).Problem!.Code);

        async Task<FetchAnswer> GetAsync(string path) =>
            await fetcher.GetAsync(new Uri("file://" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString))), CancellationToken.None);
    }

    private async Task<FetchAnswer> GetAsync(string path, FetchRules? rules = null)
    {
        using var fetcher = new Fetcher(rules ?? Quick);
        return await fetcher.GetAsync(new Uri(_server.Root + path), CancellationToken.None);
    }

    private static IEnumerable<byte[]> Endless()
    {
        while (true)
        {
            yield return new byte[64 * 1024];
        }
    }
}
