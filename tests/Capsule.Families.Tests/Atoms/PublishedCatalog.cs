using Capsule.Core.Text;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Edits;
using Capsule.Families.Atoms.Rules;
using Capsule.Tests;

namespace Capsule.Families.Tests.Atoms;

/// <summary>The real catalog of others: its hashes reproduce and its files survive edits (specs: atoms 5.2).</summary>
[TestClass]
public class PublishedCatalog
{
    private static readonly Dictionary<string, string> Hashes = new()
    {
        ["design-spec/atom-cli-spec@1.0.0-draft"] = "de5498df93eb111cb383e422851df47e524576be29e24434341daef51be73917",
        ["design-spec/atom-spec@1.1.0"] = "0855bb0d7129ab31f98ebae3ec4e842cce01e4864956b18b85517f9af10c8c61",
        ["design-spec/atom-cache-spec@1.0.0-draft"] = "f4b7b2c919dbf6f7e3cd10889b92e5d9ea00ddf0f8355c0fa7ffcbf40b18cdd6",
        ["design-spec/atom-key-spec@1.0.0-draft"] = "203e47e1df0bda61f83279434ccfb8ddf0f34c057d1cb2510b7fd9df7a7a789d",
        ["design-spec/json-schema-class-spec@1.0.0-draft"] = "3618adeaca762160cd48a8ec808a152605d4f595297f31dd79d735c9cf855116",
        ["design-spec/openapi-spec-class-spec@1.0.0-draft"] = "8651dbc728ebf50c672bb5c89f22a2ab223aff7ee77b20ab6ee372143fc8b8ee",
        ["controlled-vocabulary/atom-lifecycle-states@1.0.0"] = "284f1452ae1bbde6cc11379c29dd29455fdfd5283f95e51a29761ef7643c8ae2",
        ["controlled-vocabulary/signer-roles@1.0.0"] = "83780d240b9cb0e21ee6281063af924f763782e3b3e8365d1aa2ccbbfe5b9747",
        ["ebnf-grammar/toml-1-0@1.0.0"] = "3d21459b0f9b694da2467360c4949f029315d9c8f450cc76489bdf6312b17e54",
        ["rfc/rfc-1918@1.0.0"] = "22f7ab91500499faca232a2ef18ca3829e76db9ffea1a07accb0829fdc45e3b8",
    };

    [TestMethod]
    public void EveryAtomIsValidAndHasItsHash()
    {
        var catalog = AtomCatalogReader.Load(Vectors.Sample("atoms"));
        Assert.IsTrue(catalog.Succeeded);
        Assert.HasCount(7, catalog.Value.QuorumRules!);
        foreach (var (atom, hash) in Hashes)
        {
            var report = AtomValidator.Validate(catalog.Value, Vectors.Sample("atoms", "compositions", atom), AtomValidation.Default);
            Assert.IsTrue(report.IsValid, $"{atom}: {string.Join('\n', report.Problems.Select(p => p.Text))}");
            Assert.AreEqual(hash, report.Hash!.Stored, atom);
            Assert.AreEqual(atom.StartsWith("rfc/", StringComparison.Ordinal) ? HashState.Legacy : HashState.Match, report.Hash.State, atom);
        }

        Assert.HasCount(Hashes.Count, Directory.GetFiles(Vectors.Sample("atoms"), "atom.toml", SearchOption.AllDirectories));
    }

    [TestMethod]
    public void AllFilesOfSeveralTogetherGiveTheHashOfTheRule() => Assert.AreEqual(
        "e3edea67399c8215ce246dc1625cdef0cc915b7962b953803374151165099c72",
        CanonicalBytes.Hash(AtomFiles.List(Vectors.Sample("atoms", "compositions", "rfc", "rfc-1918@1.0.0"))).Value);

    [TestMethod]
    public void AClearedOrRemovedHashComesBackByteForByte()
    {
        foreach (var (atom, hash) in Hashes)
        {
            var source = SourceText.Load(Vectors.Sample("atoms", "compositions", atom, "atom.toml")).Value!;
            var cleared = source with { Text = source.Text.Replace(hash, "", StringComparison.Ordinal) };
            var removed = source with { Text = source.Text.Replace($"content_hash = \"{hash}\"\n", "", StringComparison.Ordinal) };
            foreach (var start in (SourceText[])[source, cleared, removed])
            {
                Assert.AreEqual(source.Text, AtomEdits.SetHash(TomlEditor.Open(start).Value!, hash).Value!.Text, atom);
            }
        }
    }

    /// <summary>
    /// Nine come back by the rule for new hashes. The tenth has several files and a hash of one of them, which a catalog has to say: new hashes know
    /// no fallback (specs: atoms 5.3, step 5; docs: atoms).
    /// </summary>
    [TestMethod]
    [DataRow("", "e3edea67399c8215ce246dc1625cdef0cc915b7962b953803374151165099c72")]
    [DataRow("canonicalization: asset-raw\n", "22f7ab91500499faca232a2ef18ca3829e76db9ffea1a07accb0829fdc45e3b8")]
    public async Task AClearedHashIsCanonicalizedByteForByteWhereTheCatalogSaysItsRule(string rule, string hashOfSeveral)
    {
        using var folder = new TemporaryFolder();
        folder.Write("ATOMS.yml", rule + File.ReadAllText(Vectors.Sample("atoms", "ATOMS.yml")));
        var catalog = AtomCatalogReader.Load(folder.Path).Value!;
        foreach (var (atom, hash) in Hashes)
        {
            foreach (var file in Directory.GetFiles(Vectors.Sample("atoms", "compositions", atom)))
            {
                folder.Write($"compositions/{atom}/{Path.GetFileName(file)}", File.ReadAllText(file));
            }

            var manifest = folder["compositions", atom, "atom.toml"];
            var whole = File.ReadAllText(manifest);
            File.WriteAllText(manifest, whole.Replace(hash, "", StringComparison.Ordinal));
            var written = await AtomHashWriter.WriteAsync(catalog, manifest, AtomValidation.Default, force: false, CancellationToken.None);
            Assert.IsTrue(written.Changed, atom);
            Assert.AreEqual(whole.Replace(hash, atom.StartsWith("rfc/", StringComparison.Ordinal) ? hashOfSeveral : hash, StringComparison.Ordinal), File.ReadAllText(manifest), atom);
        }
    }
}
