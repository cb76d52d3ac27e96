using Capsule.Operations.Atoms;
using Capsule.Operations.Atoms.Caching;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>What is listed, looked at and removed, and what is never removed (specs: atoms 10).</summary>
[TestClass]
public class PurgingTheCache
{
    [TestMethod]
    public async Task RemovesWhatIsNamedAndNoMore()
    {
        using var scene = await CacheScene.MakeAsync();
        await scene.AddAsync();
        scene.Write("home/.atoms/cache/acme-atoms/design-spec/old@1.0.0/atom.toml", "lifecycle = \"draft\"\n");
        var listed = CacheCommands.List(scene.Call).Entries!;
        Assert.AreEqual($"{CacheScene.Id} published permanent, acme-atoms/design-spec/old@1.0.0 draft", string.Join(", ", listed.Select(e => $"{e.Id} {e.Lifecycle}{(e.Lifecycle == "draft" ? "" : " " + e.Age.Status)}")));
        Assert.AreEqual(scene.Now, listed[0].CachedAt);

        Assert.HasCount(1, scene.Purge(lifecycle: "draft").Entries!);
        Assert.HasCount(1, CacheCommands.List(scene.Call).Entries!);
        AtomScene.Codes(scene.Purge(id: "acme-atoms/design-spec/none@1.0.0"), "");
        AtomScene.Codes(scene.Purge(), "CAP0867");
        AtomScene.Codes(scene.Purge(id: CacheScene.Id, all: true), "CAP0867");
        AtomScene.Codes(scene.Purge(id: "acme-atoms/design-spec/greeting"), "CAP0867");
        AtomScene.Codes(scene.Purge(id: "../../x/y@1.0.0"), "CAP0867");
        AtomScene.Codes(scene.Purge(lifecycle: "stable"), "CAP0867");
        AtomScene.Codes(scene.Purge(all: true, yes: false), "CAP0868");
        Assert.HasCount(1, scene.Purge(id: CacheScene.Id).Entries!);
        Assert.IsEmpty(Directory.GetFileSystemEntries(scene.Cache), "empty folders go too");

        await scene.AddAsync();
        Assert.HasCount(1, scene.Purge(all: true).Entries!);
        Assert.IsEmpty(Directory.GetFileSystemEntries(scene.Cache));
        scene.Write("home/.atoms/cache/acme-atoms/design-spec/by-hand@1.0.0/atom.toml", "lifecycle = \"draft\"\n");
        Assert.HasCount(1, scene.Purge(id: "acme-atoms/design-spec/by-hand@1.0.0").Entries!, "without anything known about it");
        Directory.Delete(scene.Cache);
        AtomScene.Codes(scene.Purge(all: true), "");
        Assert.IsTrue(Directory.Exists(scene.Cache));
    }

    [TestMethod]
    public async Task LooksAtOneAnew()
    {
        using var scene = await CacheScene.MakeAsync();
        AtomScene.Codes(CacheCommands.Inspect(scene.Call, CacheScene.Id, CancellationToken.None), "CAP0892");
        await scene.AddAsync();
        scene.Now = scene.Now.AddDays(1);
        var details = CacheCommands.Inspect(scene.Call, CacheScene.Id, CancellationToken.None).Entry!.Details!;
        Assert.AreEqual(
            (AtomScene.Hash, "ok: hash and quorum", "2026-11-22T12:00:00Z", "2026-11-21T12:00:00Z", "\"7\"", $"{scene.Host.Root}/design-spec/greeting/1.0.0/atom.toml"),
            (details.ContentHash, details.Verification, details.VerifiedAt, details.LastVerifiedAt, details.Record!.ETag, details.Record.Source));
        Assert.AreEqual("atom.toml spec.md", string.Join(' ', details.Files.Select(f => f.Key)));

        File.WriteAllText(Path.Combine(scene.Entry, "spec.md"), "hullo\n");
        StringAssert.Contains(CacheCommands.Inspect(scene.Call, CacheScene.Id, CancellationToken.None).Entry!.Details!.Verification, "the files give");
        scene.Write("home/.atoms/cache/.meta/acme-atoms/design-spec/greeting@1.0.0.json", "{ broken");
        Assert.IsNull(CacheCommands.Inspect(scene.Call, CacheScene.Id, CancellationToken.None).Entry!.Details!.LastVerification);
    }

    [TestMethod]
    public async Task NeverFollowsALink()
    {
        using var scene = await CacheScene.MakeAsync();
        await scene.AddAsync();
        var precious = scene.Write("precious/design-spec/greeting@1.0.0/file.txt", "keep");
        Directory.CreateSymbolicLink(Path.Combine(scene.Entry, "link"), scene["precious"]);
        Directory.CreateSymbolicLink(Path.Combine(scene.Cache, "linked"), scene["precious"]);
        AtomScene.Codes(scene.Purge(id: "linked/design-spec/greeting@1.0.0"), "");
        AtomScene.Codes(scene.Purge(all: true), "CAP0868");
        Assert.IsTrue(File.Exists(precious));
        Directory.Delete(Path.Combine(scene.Cache, "linked"));
        AtomScene.Codes(scene.Purge(all: true), "");
        Assert.IsTrue(File.Exists(precious));
        Assert.IsFalse(Directory.Exists(scene.Entry));
    }

    [TestMethod]
    public async Task RefusesFoldersThatAreNoCache()
    {
        using var scene = await CacheScene.MakeAsync();
        var link = scene["link"];
        Directory.CreateSymbolicLink(link, scene["home"]);
        foreach (var (root, why) in (ValueTuple<string, string>[])
            [("/", "root of the file system"), (scene["home"], "the home folder"), (scene["."], "above it"), (link, "the home folder"), (scene["mine"], "the catalog's folder"), (scene["keys"], "'ATOMS.yml'")])
        {
            scene.Settings("", $"[cache]\npath = \"{root}\"\n");
            var error = scene.Purge(all: true).FirstError!;
            Assert.AreEqual("CAP0868", error.Code, root);
            StringAssert.Contains(error.Message, why);
        }

        Assert.IsTrue(File.Exists(scene["keys/ATOMS.yml"]) && File.Exists(scene["mine/ATOMS.yml"]));
        scene.Settings("", $"[cache]\npath = \"{scene["cache"]}\"\n");
        foreach (var foreign in (string[])["file", "a/file", "a/b/file", "a/b/c@1.0.0", "A/b/c@1.0.0/atom.toml", "a/b/c@1/atom.toml"])
        {
            scene.Write($"cache/{foreign}", "x");
            Assert.AreEqual("CAP0868", scene.Purge(all: true).FirstError?.Code, foreign);
            Directory.Delete(scene["cache"], recursive: true);
        }
    }

    [TestMethod]
    public async Task WorksOutsideACatalogToo()
    {
        using var scene = await CacheScene.MakeAsync();
        await scene.AddAsync();
        var outside = scene.Call with { WorkingDirectory = scene["home"] };
        Assert.HasCount(1, CacheCommands.List(outside).Entries!);
        Assert.HasCount(1, CacheCommands.Purge(outside, new CacheSelection(CacheScene.Id, false, null), CancellationToken.None).Entries!);
        var added = await CacheCommands.AddAsync(outside, CacheScene.Id, CancellationToken.None);
        Assert.HasCount(1, added.Entries!, string.Join('\n', added.Problems.Select(p => p.Text)));
        scene.Settings($"domain = \"{scene.Host.Root}\"\n", "offline = true\n");
        scene.Purge(id: CacheScene.Id);
        Assert.AreEqual("CAP0893", (await CacheCommands.AddAsync(outside, CacheScene.Id, CancellationToken.None)).FirstError!.Code);
        AtomScene.Codes(CacheCommands.List(outside with { Config = "missing.toml" }), "CAP0863");
    }

    [TestMethod]
    public async Task TakesAHostWithItsSchemeFromTheUserAlone()
    {
        using var scene = await CacheScene.MakeAsync();
        scene.Settings("root = \"../../keys\"\n");
        scene.Write("mine/.atoms/config.toml", $"[network]\noffline = true\n[catalogs.acme-atoms]\ndomain = \"{scene.Host.Root}\"\n");
        StringAssert.Contains(string.Join(' ', (await scene.AddAsync()).Problems.Select(p => p.Code)), "CAP0832");
        Assert.IsEmpty(scene.Host.Asked);
        scene.Settings("domain = \"no host\"\n");
        AtomScene.Codes(CacheCommands.List(scene.Call), "CAP0863");
    }
}
