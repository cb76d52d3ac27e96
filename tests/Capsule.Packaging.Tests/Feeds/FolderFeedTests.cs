using System.IO.Compression;
using Capsule.Distribution;
using Capsule.Distribution.Feeds;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Feeds;

[TestClass]
public sealed class FolderFeedTests : IDisposable
{
    private static readonly PackageName Hello = new("acme", "hello", "1.0.0");

    private readonly TemporaryFolder _folder = new();

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancel => TestContext.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task GivesBackWhatWasPushed()
    {
        var feed = Open();
        var pushed = Nupkg("1.0.0", "first");
        var push = await feed.PushAsync(pushed, Hello, () => null, Cancel);
        Assert.IsTrue(push.Succeeded, push.Diagnostics.FirstOrDefault()?.Message);

        var fetched = await feed.FetchAsync(Hello, "1.0.0", _folder["fetched.nupkg"], Cancel);

        Assert.IsTrue(fetched.Succeeded);
        CollectionAssert.AreEqual(File.ReadAllBytes(pushed), File.ReadAllBytes(fetched.Value));
    }

    [TestMethod]
    public async Task ListsVersionsLowestFirst()
    {
        var feed = Open();
        foreach (var version in new[] { "1.10.0", "1.2.0", "1.2.0-beta.1" })
        {
            await feed.PushAsync(Nupkg(version, version), Hello with { Version = version }, () => null, Cancel);
        }

        var versions = await feed.VersionsAsync(Hello, Cancel);

        CollectionAssert.AreEqual(new[] { "1.2.0-beta.1", "1.2.0", "1.10.0" }, versions.Value!.ToArray());
    }

    [TestMethod]
    public async Task TakesTheSameBytesAgainButNoOthers()
    {
        var feed = Open();
        await feed.PushAsync(Nupkg("1.0.0", "first"), Hello, () => null, Cancel);

        var again = await feed.PushAsync(Nupkg("1.0.0", "first"), Hello, () => null, Cancel);
        var other = await feed.PushAsync(Nupkg("1.0.0", "second"), Hello, () => null, Cancel);

        Assert.IsTrue(again.Succeeded);
        Assert.AreEqual("CAP4005", other.Diagnostics.Single().Code);
        Assert.AreEqual(9, (int)other.Exit);
    }

    [TestMethod]
    [DataRow("acme.hello.2.0.0.nupkg", null, true, DisplayName = "another version, the newest is asked for")]
    [DataRow("acme.hello.2.0.0.nupkg", "2.0.0", true, DisplayName = "another version, asked for by its name")]
    [DataRow("acme.hello.2.0.0.nupkg", "1.0.0", true, DisplayName = "another version, asked for by its content")]
    [DataRow("acme.hello.2.0.0.nupkg", "3.0.0", false, DisplayName = "another version, not asked for")]
    [DataRow("acme.hello.old.nupkg", "1.0.0", true, DisplayName = "no version")]
    [DataRow("ACME.Hello.1.0.0.nupkg", null, false, DisplayName = "other case")]
    [DataRow("acme.hello.1.0.0.symbols.nupkg", null, false, DisplayName = "symbols")]
    public async Task RefusesAnEntryThatIsNotWhatItsNameSays(string name, string? asked, bool refused)
    {
        var feed = Open();
        File.Copy(Nupkg("1.0.0", "first"), _folder["feed", name]);

        var versions = await feed.VersionsAsync(Hello with { Version = asked }, Cancel);

        Assert.AreEqual(refused ? "CAP4012" : null, versions.Diagnostics.SingleOrDefault()?.Code);
        Assert.AreEqual(refused ? 5 : 0, (int)versions.Exit);
    }

    [TestMethod]
    public async Task LeavesPackagesOfOthersAlone()
    {
        var feed = Open();
        await feed.PushAsync(Nupkg("1.0.0", "first"), Hello, () => null, Cancel);
        File.Copy(Nupkg("1.0.0", "other", id: "acme.hello.2"), _folder["feed", "acme.hello.2.1.0.0.nupkg"]);
        File.WriteAllText(_folder["feed", "acme.helloworld.1.0.0.nupkg"], "no package at all");

        var versions = await feed.VersionsAsync(Hello, Cancel);

        CollectionAssert.AreEqual(new[] { "1.0.0" }, versions.Value?.ToArray(), versions.Diagnostics.FirstOrDefault()?.Message);
        File.Copy(Nupkg("1.0.0", "other", id: "evil.app"), _folder["feed", "acme.hello.4.0.0.nupkg"]);
        StringAssert.Contains((await feed.VersionsAsync(Hello with { Version = null }, Cancel)).Diagnostics.Single().Message, "inside it is evil.app 1.0.0");
    }

    [TestMethod]
    [Timeout(30_000)]
    public async Task RefusesAPipeInPlaceOfAPackage()
    {
        var feed = Open();
        await Command.RunAsync("mkfifo", [_folder["feed", "acme.hello.1.0.0.nupkg"]]);

        Assert.AreEqual("CAP4012", (await feed.VersionsAsync(Hello, Cancel)).Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task LosesWhatAKilledPublisherLeft()
    {
        var feed = Open();
        File.WriteAllText(_folder["feed", ".acme.hello.0123.incoming"], "half");
        File.SetLastWriteTimeUtc(_folder["feed", ".acme.hello.0123.incoming"], DateTime.UtcNow.AddHours(-1));

        await feed.PushAsync(Nupkg("1.0.0", "first"), Hello, () => null, Cancel);

        Assert.HasCount(1, Directory.GetFileSystemEntries(_folder["feed"]));
    }

    [TestMethod]
    public void ThatDoesNotExistIsNamed()
    {
        var feed = Feed.Open("missing", _folder.Path);

        Assert.AreEqual("CAP4001", feed.Diagnostics.Single().Code);
        StringAssert.Contains(feed.Diagnostics.Single().Message, _folder["missing"]);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("ftp://feed.example/index.json")]
    [DataRow("http://feed.example/index.json")]
    public void MustBeAFolderOrAnHttpsAddress(string address)
    {
        Assert.AreEqual("CAP4011", Feed.Open(address, _folder.Path).Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task ThatDoesNotAnswerIsANetworkError()
    {
        var feed = Feed.Open("http://127.0.0.1:9/v3/index.json", _folder.Path).Value!;

        var versions = await feed.VersionsAsync(Hello, Cancel);

        Assert.AreEqual("CAP4002", versions.Diagnostics.Single().Code);
        Assert.AreEqual(3, (int)versions.Exit);
    }

    [TestMethod]
    public async Task OnAFullDiskIsLeftAsItWas()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Inconclusive("A file system of its own needs root.");
        }

        Directory.CreateDirectory(_folder["small"]);
        var mount = await Command.RunAsync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", _folder["small"]]);
        Assert.AreEqual(0, mount.ExitCode, mount.All);
        try
        {
            var feed = Feed.Open("small", _folder.Path).Value!;

            var push = await feed.PushAsync(Nupkg("1.0.0", "", padding: 200_000), Hello, () => null, Cancel);

            Assert.AreEqual("CAP4010", push.Diagnostics.Single().Code);
            Assert.AreEqual(0, Directory.GetFileSystemEntries(_folder["small"]).Length);
        }
        finally
        {
            await Command.RunAsync("umount", [_folder["small"]]);
        }
    }

    private Feed Open()
    {
        Directory.CreateDirectory(_folder["feed"]);
        return Feed.Open("feed", _folder.Path).Value!;
    }

    private string Nupkg(string version, string content, int padding = 0, string id = "acme.hello")
    {
        var path = _folder[$"{Guid.NewGuid():N}.nupkg"];
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Write(zip, $"{id}.nuspec", System.Text.Encoding.UTF8.GetBytes($"""
            <?xml version="1.0"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2012/06/nuspec.xsd"><metadata>
            <id>{id}</id><version>{version}</version><authors>acme</authors><description>test</description>
            </metadata></package>
            """));
        Write(zip, "content.txt", System.Text.Encoding.UTF8.GetBytes(content));
        Write(zip, "padding.bin", System.Security.Cryptography.RandomNumberGenerator.GetBytes(padding));
        return path;
    }

    private static void Write(ZipArchive zip, string name, byte[] bytes)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var stream = entry.Open();
        stream.Write(bytes);
    }
}
