using Capsule.Operations.Atoms;
using Capsule.Operations.Atoms.Caching;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>Atoms of other catalogs: found, fetched, checked, kept, and not believed when they should not be (specs: atoms 10).</summary>
[TestClass]
public class CachingAtoms
{
    [TestMethod]
    public async Task AreFetchedOnceAndKeptAsTheyAre()
    {
        using var scene = await CacheScene.MakeAsync();
        Assert.AreEqual("None", await scene.FindAsync(network: false));
        AtomScene.Codes(await AtomValidate.RunAsync(scene.Call with { Network = false }, CancellationToken.None), "CAP0809");
        Assert.IsEmpty(scene.Host.Asked, "a build asks nobody");

        AtomScene.Codes(await AtomValidate.RunAsync(scene.Call, CancellationToken.None), "");
        CollectionAssert.AreEqual(new[] { "atom.toml", "spec.md" }, Directory.GetFiles(scene.Entry).Select(Path.GetFileName).Order().ToArray());
        Assert.AreEqual(scene.Manifest, File.ReadAllText(Path.Combine(scene.Entry, "atom.toml")));
        CollectionAssert.AreEqual(new[] { "atom.toml", "spec.md", "spec.yaml" }, scene.Host.Asked.Select(Path.GetFileName).ToArray());
        Assert.IsFalse(Directory.Exists(Path.Combine(scene.Cache, ".tmp")) && Directory.EnumerateFileSystemEntries(Path.Combine(scene.Cache, ".tmp")).Any());

        scene.Host.Dispose();
        Assert.AreEqual("Cache", await scene.FindAsync());
        Assert.AreEqual("Cache", await scene.FindAsync(network: false));
    }

    [TestMethod]
    public async Task ThatChangedOnTheDiskAreFetchedAgain()
    {
        using var scene = await CacheScene.MakeAsync();
        await scene.AddAsync();
        File.WriteAllText(Path.Combine(scene.Entry, "spec.md"), "hullo\n");
        Assert.AreEqual("Network CAP0882", await scene.FindAsync());
        Assert.AreEqual("hello\n", File.ReadAllText(Path.Combine(scene.Entry, "spec.md")));

        File.WriteAllText(Path.Combine(scene.Entry, "spec.md"), "hullo\n");
        Assert.AreEqual("None CAP0882", await scene.FindAsync(network: false));
        Assert.IsFalse(Directory.Exists(scene.Entry));

        await scene.AddAsync();
        File.WriteAllText(Path.Combine(scene.Entry, "atom.toml"), "not TOML");
        scene.Serve(scene.Host, asset: "lie\n");
        AtomScene.Codes(await scene.AddAsync(), "CAP0882 CAP0818");
        Assert.IsFalse(Directory.Exists(scene.Entry));

        // The host that should correct it is gone: that is the network's fault.
        scene.Serve(scene.Host);
        await scene.AddAsync();
        File.WriteAllText(Path.Combine(scene.Entry, "spec.md"), "hullo\n");
        scene.Host.Answer = _ => new WebAnswer(503) { Promised = 0 };
        Assert.AreEqual("None CAP0882 CAP0895", await scene.FindAsync());
    }

    [TestMethod]
    public async Task NeedTheirHashAndTheirQuorum()
    {
        using var scene = await CacheScene.MakeAsync();
        await RefusesAsync("content_hash is", asset: "lie\n");
        await RefusesAsync("has no content_hash", manifest: m => m.Replace(AtomScene.Hash, "", StringComparison.Ordinal));
        await RefusesAsync("'1 of role:catalog-maintainer + 1 of role:editor' is not met", manifest: m => m.Replace("signature.editor", "signature.other", StringComparison.Ordinal));
        await RefusesAsync("is that of 'acme-atoms/design-spec/other@1.0.0'", manifest: m => m.Replace("design-spec/greeting\"", "design-spec/other\"", StringComparison.Ordinal), code: "CAP0896");
        await RefusesAsync("no bare file name", manifest: m => m.Replace("spec.md", "../spec.md", StringComparison.Ordinal), code: "CAP0896");
        await RefusesAsync("no TOML", manifest: _ => "<html>", code: "CAP0896");
        await RefusesAsync("is retired", manifest: m => AtomScene.WithoutEnvelopes(m).Replace("\"published\"", "\"retired\"", StringComparison.Ordinal), code: "CAP0819");
        await RefusesAsync("lifecycle is 'stable'", manifest: m => m.Replace("\"published\"", "\"stable\"", StringComparison.Ordinal));
        scene.Serve(scene.Host);
        scene.Host.Pages.Remove("/design-spec/greeting/1.0.0/spec.md");
        Assert.AreEqual("CAP0894", (await scene.AddAsync()).FirstError!.Code);
        scene.Host.Pages.Clear();
        Assert.AreEqual("CAP0809", (await scene.AddAsync()).FirstError!.Code);

        async Task RefusesAsync(string why, string asset = "hello\n", Func<string, string>? manifest = null, string code = "CAP0818")
        {
            scene.Serve(scene.Host, asset: asset, manifest: manifest);
            var error = (await scene.AddAsync()).FirstError!;
            Assert.AreEqual(code, error.Code, error.Message);
            StringAssert.Contains(error.Message, why);
            Assert.IsFalse(Directory.Exists(scene.Entry), why);
        }
    }

    [TestMethod]
    public async Task AreJudgedByTheirLifecycle()
    {
        using var scene = await CacheScene.MakeAsync();
        scene.Serve(scene.Host, manifest: m => AtomScene.WithoutEnvelopes(m).Replace("\"published\"", "\"deprecated\"\nsuperseded_by = \"acme-atoms/design-spec/greeting@2.0.0\"", StringComparison.Ordinal));
        AtomScene.Codes(await scene.AddAsync(), "CAP0881");
        Assert.AreEqual("Cache CAP0881", await scene.FindAsync());
        var path = Path.Combine(scene.Entry, "atom.toml");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"deprecated\"", "\"retired\"", StringComparison.Ordinal));
        Assert.AreEqual("None CAP0819", await scene.FindAsync());
        Assert.IsTrue(Directory.Exists(scene.Entry), "it stays until it is purged");
        var outcome = await AtomValidate.RunAsync(scene.Call, CancellationToken.None);
        Assert.AreEqual("ATM1019", outcome.FirstError!.Kind.Aliases.Single());
    }

    [TestMethod]
    public async Task GrowOldAsDraftsOnly()
    {
        using var scene = await CacheScene.MakeAsync(draft: true);
        AtomScene.Codes(await scene.AddAsync(), "");
        scene.Now = scene.Now.AddSeconds(3599);
        Assert.AreEqual("Cache", await scene.FindAsync());
        scene.Now = scene.Now.AddSeconds(1);
        Assert.AreEqual("None", await scene.FindAsync(network: false));
        scene.Serve(scene.Host, asset: "newer\n");
        Assert.AreEqual("Network", await scene.FindAsync());
        Assert.AreEqual("newer\n", File.ReadAllText(Path.Combine(scene.Entry, "spec.md")));
        Assert.AreEqual("Cache", await scene.FindAsync());

        // A clock that goes backwards makes the time of coming a time ahead.
        scene.Now = scene.Now.AddSeconds(-10);
        Assert.AreEqual("Network", await scene.FindAsync());
        scene.Settings($"domain = \"{scene.Host.Root}\"\n", "[cache]\ndraft_ttl_seconds = 0\n");
        Assert.AreEqual("Network", await scene.FindAsync());
        scene.Settings($"domain = \"{scene.Host.Root}\"\n", "[cache]\ndraft_ttl_seconds = -1\n");
        scene.Now = scene.Now.AddYears(9);
        Assert.AreEqual("Cache", await scene.FindAsync());
        scene.Host.Answer = _ => new WebAnswer(500) { Promised = 0 };
        scene.Settings($"domain = \"{scene.Host.Root}\"\n");
        Assert.AreEqual("None CAP0895", await scene.FindAsync());
        Assert.IsTrue(Directory.Exists(scene.Entry), "an old draft stays until a newer one is there");
    }

    [TestMethod]
    public async Task OfACatalogWithoutKnownKeysComeFromItsHostAlone()
    {
        using var scene = await CacheScene.MakeAsync(keys: false);
        using var mirror = new LoopbackServer();
        scene.Serve(mirror);
        scene.Write("mine/mirror.toml", $"[[mirror]]\ncatalog = \"acme-atoms\"\nurl = \"{mirror.Root}\"\n");
        scene.Host.Answer = _ => new WebAnswer(503) { Promised = 0 };
        Assert.AreEqual("None CAP0849 CAP0895", await scene.FindAsync());
        scene.Host.Answer = path => scene.Host.Pages.GetValueOrDefault(path) ?? new WebAnswer(404);
        Assert.AreEqual("Network CAP0851", await scene.FindAsync());

        // Another project means another host by the same name: neither takes the other's place.
        using var other = new LoopbackServer();
        scene.Serve(other, asset: "hello\n");
        scene.Settings($"domain = \"{other.Root}\"\n");
        Assert.AreEqual("None CAP0882", await scene.FindAsync(network: false));
        Assert.AreEqual("Network CAP0882 CAP0851", await scene.FindAsync());
        StringAssert.Contains(File.ReadAllText(Path.Combine(scene.Cache, ".meta/acme-atoms/design-spec/greeting@1.0.0.json")), scene.Host.Root);
    }

    [TestMethod]
    public async Task OfTheCatalogItselfAreAskedOfItsHostOnDemandOnly()
    {
        using var scene = await CacheScene.MakeAsync();
        scene.Write("mine/compositions/design-spec/mine@1.0.0/atom.toml", AtomScene.Manifest
            .Replace("acme-atoms/design-spec/greeting\"", "my-atoms/design-spec/mine\"", StringComparison.Ordinal).Replace(CacheScene.Id, "my-atoms/design-spec/none@1.0.0", StringComparison.Ordinal));
        AtomScene.Codes(await AtomValidate.RunAsync(scene.Call, CancellationToken.None), "CAP0809");
        Assert.AreEqual("CAP0862", (await CacheCommands.AddAsync(scene.Call, "my-atoms/design-spec/none@1.0.0", CancellationToken.None)).FirstError!.Code);
        scene.Write("home/.atoms/config.toml", $"[catalogs.my-atoms]\ndomain = \"{scene.Host.Root}/deep/\"\n");
        Assert.AreEqual("CAP0809", (await CacheCommands.AddAsync(scene.Call, "my-atoms/design-spec/none@1.0.0-a.1+b", CancellationToken.None)).FirstError!.Code);
        CollectionAssert.AreEqual(new[] { "/deep/design-spec/none/1.0.0-a.1%2Bb/atom.toml" }, scene.Host.Asked);
    }

    [TestMethod]
    public async Task BringTheFilesThatTheyName()
    {
        using var scene = await CacheScene.MakeAsync(draft: true);
        scene.Serve(scene.Host, manifest: m => m + "asset_source = \"source.bin\"\nfiles = [\"extra.txt\", \"spec.md\"]\n");
        var prefix = "/design-spec/greeting/1.0.0/";
        scene.Host.Pages[prefix + "source.bin"] = WebAnswer.Bytes([0, 1, 0xFF]);
        scene.Host.Pages[prefix + "extra.txt"] = WebAnswer.Text("extra");
        scene.Host.Pages[prefix + "spec.yaml"] = WebAnswer.Text("<html>not found</html>", "text/html");
        AtomScene.Codes(await scene.AddAsync(), "");
        CollectionAssert.AreEqual(new[] { "atom.toml", "extra.txt", "source.bin", "spec.md" }, Directory.GetFiles(scene.Entry).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray());

        scene.Host.Pages[prefix + "spec.yaml"] = WebAnswer.Text("a: 1\n");
        AtomScene.Codes(scene.Purge(id: CacheScene.Id), "");
        AtomScene.Codes(await scene.AddAsync(), "");
        Assert.IsTrue(File.Exists(Path.Combine(scene.Entry, "spec.yaml")));
        CollectionAssert.AreEqual(new byte[] { 0, 1, 0xFF }, File.ReadAllBytes(Path.Combine(scene.Entry, "source.bin")));
    }

    [TestMethod]
    public async Task AreUsedWithoutACacheThatCanBeWritten()
    {
        using var scene = await CacheScene.MakeAsync();
        scene.Write("home/.atoms/cache", "a file where the folder should be");
        Assert.AreEqual("Network CAP0850", await scene.FindAsync());
        Assert.AreEqual("CAP0850", (await scene.AddAsync()).FirstError!.Code);
        AtomScene.Codes(await AtomValidate.RunAsync(scene.Call, CancellationToken.None), "CAP0850");
    }

    [TestMethod]
    public async Task AreWholeWithManyWritersAtOnce()
    {
        using var scene = await CacheScene.MakeAsync();
        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => scene.FindAsync())));
        Assert.IsTrue(found.All(f => f is "Network" or "Cache"), string.Join(',', found));
        Assert.AreEqual("Cache", await scene.FindAsync(network: false));
        Assert.HasCount(1, CacheCommands.List(scene.Call).Entries!);
    }
}
