using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Distribution.Sources;
using Capsule.Tests;

namespace Capsule.Packaging.Tests.Sources;

/// <summary>Packages out of repositories of a real git server.</summary>
[TestClass]
public sealed class FetchingRepositories : IDisposable
{
    private readonly GitServer _server = new();
    private readonly TemporaryFolder _home = new();

    public void Dispose()
    {
        _server.Dispose();
        _home.Dispose();
    }

    [TestMethod]
    public async Task ABranchATagACommitAndTheDefaultBranch()
    {
        var first = _server.Commit("kit", ("capability.yml", "one"));
        _server.Git("kit", "tag", "--annotate", "--message=x", "v1");
        var second = _server.Commit("kit", ("capability.yml", "two"));
        _server.Git("kit", "branch", "old/one", first);
        foreach (var (name, commit, content) in new[] { ("v1", first, "one"), ("old/one", first, "one"), ("main", second, "two"), (null, second, "two"), (first, first, "one") })
        {
            var fetched = await FetchAsync(name);
            Assert.AreEqual(commit, fetched.Commit, name);
            Assert.AreEqual(content, await File.ReadAllTextAsync(Path.Combine(fetched.Folder, "capability.yml")), name);
            Assert.IsNull(fetched.Notice);
        }

        var third = _server.Commit("kit", ("capability.yml", "three"));
        Assert.AreEqual(third, (await FetchAsync("main")).Commit, "a branch is asked again");
        var asked = _server.Connections;
        Assert.AreEqual(first, (await FetchAsync(first)).Commit);
        Assert.AreEqual(asked, _server.Connections, "a commit that is here is not");
    }

    [TestMethod]
    public async Task FilesAreWhatWasCommittedWhateverAttributesSay()
    {
        const string Text = "$Format:%H$ $Id$\r\nline\r\n";
        _server.Commit("kit", ("capability.yml", "x"), ("hidden.txt", "kept"), ("a.txt", Text), ("run.sh", "#!/bin/sh\n"));
        _server.Git("kit", "update-index", "--chmod=+x", "run.sh");
        _server.Commit("kit", (".gitattributes", "a.txt export-subst ident text eol=lf\nhidden.txt export-ignore\n*.sh filter=lfs\n"));
        var fetched = await FetchAsync(null);
        Assert.AreEqual(_server.Git("kit", "cat-file", "blob", "HEAD:a.txt"), (await File.ReadAllTextAsync(Path.Combine(fetched.Folder, "a.txt"))).Trim());
        Assert.AreEqual("kept", await File.ReadAllTextAsync(Path.Combine(fetched.Folder, "hidden.txt")));
        Assert.IsTrue(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(fetched.Folder, "run.sh")).HasFlag(UnixFileMode.UserExecute));
    }

    [TestMethod]
    public async Task WithoutTheServerABranchIsAsBeforeAndSaysSo()
    {
        var commit = _server.Commit("kit", ("capability.yml", "x"));
        await FetchAsync("main");
        Directory.Move(_server["kit"], _server["away"]);
        var again = await FetchAsync("main");
        Assert.AreEqual((commit, "CAP4305"), (again.Commit, again.Notice!.Code));
        StringAssert.Contains(again.Notice.Message, $"commit {commit}");
        Assert.AreEqual("CAP4303", await RefusedAsync("never-seen"));
    }

    [TestMethod]
    public async Task APinnedCommitHasThePinnedContentOrIsRefused()
    {
        var commit = _server.Commit("kit", ("capability.yml", "x"));
        var fetched = await FetchAsync(null);
        var pin = new PinnedCommit(commit, fetched.Identity);
        _server.Commit("kit", ("capability.yml", "y"));
        Assert.AreEqual(commit, (await Store.FetchAsync(Source("main"), pin, CancellationToken.None)).Value!.Commit, "the lock wins over the branch");
        Assert.AreEqual("CAP4306", await RefusedAsync("main", pin with { Identity = "capsule-tree/1:" + new string('0', 64) }));
        await File.WriteAllTextAsync(Path.Combine(fetched.Folder, "capability.yml"), "changed");
        Assert.AreEqual("CAP4306", await RefusedAsync("main", pin), "changed on this machine");
    }

    [TestMethod]
    public async Task LinksThatLeaveTheRepositoryAreRefusedWhole()
    {
        _server.Commit("kit", ("capability.yml", "x"));
        File.CreateSymbolicLink(_server["kit", "secrets"], "/etc/passwd");
        _server.Commit("kit");
        Assert.StartsWith("CAP20", await RefusedAsync("main"));
        Assert.IsFalse(Directory.EnumerateDirectories(_home.Path, "trees", SearchOption.AllDirectories).SelectMany(Directory.EnumerateFileSystemEntries).Any(), "nothing half-unpacked is left");
        Assert.IsFalse(Directory.EnumerateFiles(_home.Path, "*.tar", SearchOption.AllDirectories).Any());
    }

    [TestMethod]
    public async Task ARepositoryWithoutAManifestIsRefused()
    {
        _server.Commit("kit", ("deep/er/capability.yml", "x"));
        Assert.AreEqual("CAP2121", await RefusedAsync("main"));

        // Whoever names a folder gets the whole commit, and that folder of it.
        File.CreateSymbolicLink(_server["kit", "away"], "deep/er");
        _server.Commit("kit");
        var whole = await new GitStore(_home.Path, n => n == "capability.yml") { Whole = true }.FetchAsync(Source("main"), null, CancellationToken.None);
        Assert.IsTrue(whole.Succeeded, whole.Diagnostics.FirstOrDefault()?.Message);
        GitLocation At(string folder) => new(Source("main"), folder);
        Assert.AreEqual("x", await File.ReadAllTextAsync(Path.Combine(At("deep/er").FolderIn(whole.Value).Value!, "capability.yml")));
        Assert.AreEqual("CAP4312", At("deep/other").FolderIn(whole.Value).Diagnostics[0].Code);
        Assert.AreEqual("CAP4312", At("away").FolderIn(whole.Value).Diagnostics[0].Code, "a link");
    }

    [TestMethod]
    public async Task SeveralAtOnceFetchOnce()
    {
        var commit = _server.Commit("kit", ("capability.yml", "x"));
        var fetched = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store.FetchAsync(Source("main"), null, CancellationToken.None)));
        Assert.IsTrue(fetched.All(f => f.Value?.Commit == commit), string.Join('\n', fetched.SelectMany(f => f.Diagnostics).Select(d => d.Message)));
    }

    [TestMethod]
    public async Task AReplacementOfTheUsersIsAskedInstead()
    {
        var commit = _server.Commit("kit", ("capability.yml", "x"));
        var store = new GitStore(_home.Path, n => n == "capability.yml") { Replacements = new Dictionary<string, string> { ["https://example.org/kit"] = _server["kit"] } };
        var fetched = await store.FetchAsync(new GitSource("https://example.org/kit", null), null, CancellationToken.None);
        Assert.AreEqual(commit, fetched.Value?.Commit);
        Assert.AreEqual(0, _server.Connections);
    }

    [TestMethod]
    public async Task CtrlCEndsGit()
    {
        using var silent = new LoopbackServer(_ => new WebAnswer(200) { Hangs = true });
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await Assert.ThrowsAsync<OperationCanceledException>(() => Store.FetchAsync(new GitSource(silent.Root.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/kit", null), null, cancel.Token));
    }

    [TestMethod]
    public async Task WhatStandsInTheWayIsNamed()
    {
        using var silent = new LoopbackServer(_ => new WebAnswer(200) { Hangs = true });
        var here = new GitSource(silent.Root + "/kit", null);
        Assert.AreEqual("CAP4304", await CodeAsync(new GitStore(_home["slow"], _ => true) { Patience = TimeSpan.FromSeconds(1) }, here));
        Assert.AreEqual("CAP4302", await CodeAsync(new GitStore(_home["none"], _ => true) { Program = "git-that-is-not-there" }, here));
        Assert.AreEqual("CAP4307", await CodeAsync(new GitStore(_home.Write("file", "in the way"), _ => true), here));
    }

    private static async Task<string> CodeAsync(GitStore store, GitSource source) => (await store.FetchAsync(source, null, CancellationToken.None)).Diagnostics.Single().Code;

    [TestMethod]
    [DataRow("/srv/kit")]
    [DataRow("../kit")]
    [DataRow("file:///srv/kit")]
    [DataRow("ext::sh -c whoami")]
    [DataRow("http://example.org/kit", DisplayName = "nobody can tell who answers")]
    [DataRow("git://example.org/kit")]
    [DataRow("https://me:secret@example.org/kit")]
    [DataRow("https://token@example.org/kit")]
    [DataRow("ssh://-oProxyCommand=x/kit")]
    [DataRow("-u@host:kit")]
    [DataRow("git@host:-kit")]
    [DataRow("https://example.org/kit?x")]
    [DataRow("https://example.org/a b")]
    public async Task OtherAddressesAreRefused(string url) =>
        Assert.AreEqual("CAP4300", (await Store.FetchAsync(new GitSource(url, null), null, CancellationToken.None)).Diagnostics.Single().Code);

    [TestMethod]
    [DataRow("https://github.com/capakit/hello-world-demo-kit")]
    [DataRow("ssh://git@example.org:22/kit.git")]
    [DataRow("git@example.org:team/kit.git")]
    [DataRow("http://127.0.0.1:8080/kit")]
    public void TheseAreTaken(string url) => Assert.IsTrue(GitAddress.Check(url).Succeeded);

    [TestMethod]
    [DataRow("--upload-pack=x")]
    [DataRow("a..b")]
    [DataRow("a:b")]
    [DataRow("a b")]
    [DataRow("main^{/x}")]
    [DataRow("x.lock")]
    [DataRow("")]
    public async Task OtherNamesAreRefused(string name) => Assert.AreEqual("CAP4301", await RefusedAsync(name));

    private GitStore Store => new(_home.Path, n => n == "capability.yml");

    private GitSource Source(string? name) => new(_server.Url("kit"), name);

    private async Task<FetchedSource> FetchAsync(string? name)
    {
        var fetched = await Store.FetchAsync(Source(name), null, CancellationToken.None);
        Assert.IsTrue(fetched.Succeeded, string.Join('\n', fetched.Diagnostics.Select(d => $"{d.Code} {d.Message}")));
        return fetched.Value;
    }

    private async Task<string> RefusedAsync(string name, PinnedCommit? pin = null)
    {
        var fetched = await Store.FetchAsync(Source(name), pin, CancellationToken.None);
        Assert.IsFalse(fetched.Succeeded);
        return fetched.Diagnostics.Single(d => d.IsError).Code;
    }
}
