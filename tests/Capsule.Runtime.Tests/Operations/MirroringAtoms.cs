using Capsule.Tests;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>Mirrors stand in for a host that cannot be reached, and are never believed (specs: atoms 10).</summary>
[TestClass]
public class MirroringAtoms
{
    [TestMethod]
    public async Task OfTwoOneLiesOneIsDownAndTheThirdIsTaken()
    {
        using var scene = await CacheScene.MakeAsync();
        using var down = new DeadPort();
        using var liar = new LoopbackServer();
        using var honest = new LoopbackServer();
        scene.Serve(liar, "/atoms", asset: "lie\n", manifest: m => m.Replace(AtomScene.Hash, "40bd0f2b0f5ccc5c2a2fd1bb4d1f39ba0ad8e5d0a5ddf1a2b0a9b71b8ff3b0b5", StringComparison.Ordinal));
        scene.Serve(honest);
        scene.Write("mine/mirror.toml", $"""
            [[mirror]]
            catalog = "acme-atoms"
            url = "{honest.Root}"
            priority = 30
            [[mirror]]
            catalog = "acme-atoms"
            url = "{down.Root}"
            priority = 10
            [[mirror]]
            catalog = "other-atoms"
            url = "{honest.Root}/other"
            priority = 1
            [[mirror]]
            catalog = "acme-atoms"
            url = "{liar.Root}/atoms/"
            priority = 10
            """);

        // A host that answers is asked alone, whatever it answers.
        scene.Host.Answer = _ => new WebAnswer(404);
        Assert.AreEqual("None CAP0809", await scene.FindAsync());
        scene.Host.Answer = _ => new WebAnswer(403);
        Assert.AreEqual("None CAP0894", await scene.FindAsync());
        Assert.IsEmpty(honest.Asked);

        scene.Host.Answer = _ => new WebAnswer(503) { Promised = 0 };
        using (var resolver = scene.Resolver())
        {
            var found = await resolver.ResolveAsync(Families.Atoms.AtomReference.Parse(CacheScene.Id)!, CancellationToken.None);
            Assert.AreEqual("Network CAP0849 CAP0849", string.Join(' ', resolver.Notes.Select(n => n.Code).Prepend($"{found.Source}")));
            StringAssert.Contains(resolver.Notes[0].Message, down.Root);
            StringAssert.Contains(resolver.Notes[1].Message, $"{liar.Root}/atoms/");
            StringAssert.Contains(resolver.Notes[1].Message, "content_hash is");
        }

        Assert.AreEqual("hello\n", File.ReadAllText(Path.Combine(scene.Entry, "spec.md")));
        Assert.AreEqual("Cache", await scene.FindAsync(network: false));

        // What a mirror gave is worth nothing to somebody who cannot check it.
        scene.Settings($"domain = \"{scene.Host.Root}\"\n");
        Assert.AreEqual("None CAP0882", await scene.FindAsync(network: false));
    }

    /// <summary>A name that no resolver knows (RFC 6761 6.4).</summary>
    [TestMethod]
    public async Task StandInForAHostWhoseNameIsNotKnown()
    {
        using var scene = await CacheScene.MakeAsync();
        scene.Settings("domain = \"atoms.invalid\"\nroot = \"../../keys\"\n");
        Assert.AreEqual("None CAP0895", await scene.FindAsync());
        scene.Write("mine/mirror.toml", $"[[mirror]]\ncatalog = \"acme-atoms\"\nurl = \"{scene.Host.Root}\"\n");
        Assert.AreEqual("Network", await scene.FindAsync());
        Assert.IsNotEmpty(scene.Host.Asked);
    }

    [TestMethod]
    public async Task ThatForgeTheHashTooFailTheQuorum()
    {
        using var scene = await CacheScene.MakeAsync();
        using var liar = new LoopbackServer();
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("lie\n"u8));
        scene.Serve(liar, asset: "lie\n", manifest: m => m.Replace(AtomScene.Hash, hash, StringComparison.Ordinal));
        scene.Write("mine/mirror.toml", $"[[mirror]]\ncatalog = \"acme-atoms\"\nurl = \"{liar.Root}\"\n");
        scene.Host.Dispose();
        Assert.AreEqual("None CAP0849 CAP0895", await scene.FindAsync());
        scene.Serve(liar, asset: "lie\n", manifest: m => m.Replace(AtomScene.Hash, hash, StringComparison.Ordinal).Replace("\"published\"", "\"draft\"", StringComparison.Ordinal));
        Assert.AreEqual("None CAP0849 CAP0895", await scene.FindAsync(), "no draft of a mirror is believed either");
        Assert.IsFalse(Directory.Exists(scene.Entry));

        // The files are right and the state is not: the envelopes tell, and where they are taken out, a catalog that demands them.
        string Stripped(string m) => AtomScene.WithoutEnvelopes(m).Replace("\"published\"", "\"adopted\"", StringComparison.Ordinal);
        scene.Serve(liar, manifest: m => m.Replace("\"published\"", "\"adopted\"", StringComparison.Ordinal));
        Assert.AreEqual("None CAP0849 CAP0895", await scene.FindAsync());
        scene.Serve(liar, manifest: Stripped);
        scene.Write("keys/ATOMS.yml", AtomScene.Catalog.Replace("signing:", "signing:\n  require_envelope: true", StringComparison.Ordinal));
        Assert.AreEqual("None CAP0849 CAP0895", await scene.FindAsync());
        scene.Write("keys/ATOMS.yml", AtomScene.Catalog);
        Assert.AreEqual("Network", (await scene.FindAsync()).Split(' ')[0]);
    }

    [TestMethod]
    [DataRow("status = \"ok\"\nmirrors = []\n", "None CAP0852 CAP0895")]
    [DataRow("[[mirror]]\ncatalog = \"acme-atoms\"\nurl = \"ftp://x\"\n", "None CAP0869 CAP0895")]
    [DataRow("[[mirror]]\nurl = \"https://mirror.example\"\n", "None CAP0869 CAP0895")]
    [DataRow("[[mirror]", "None CAP0869 CAP0895")]
    public async Task AreListedInTheirForm(string list, string expected)
    {
        using var scene = await CacheScene.MakeAsync();
        scene.Host.Dispose();
        scene.Write("mine/mirror.toml", list);
        Assert.AreEqual(expected, await scene.FindAsync());
    }
}
