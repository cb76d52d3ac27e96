using Capsule.Core.Text;
using Capsule.Families.Atoms.Edits;
using Capsule.Families.Atoms.Model;

namespace Capsule.Families.Tests.Atoms;

/// <summary>Edits of an atom.toml change what they name and nothing else (specs: atoms 3.4).</summary>
[TestClass]
public class Edits
{
    private static readonly AtomSignature Signature = new()
    {
        KeyId = "key-1",
        Algorithm = "ML-DSA-65",
        Fingerprint = "ab",
        SignedAt = "2026-01-01T00:00:00Z",
        Value = "QUJD",
        Place = default,
    };

    private static readonly DateTimeOffset Time = new(2026, 11, 21, 1, 2, 3, TimeSpan.Zero);

    [TestMethod]
    public void TheTimeOfPublishingGoesToTheTop()
    {
        var edited = AtomEdits.Publish(Open(CatalogScene.Manifest), Time).Value!.Text;
        Assert.AreEqual(
            CatalogScene.Manifest.Replace("\"draft\"", "\"published\"", StringComparison.Ordinal)
                .Replace("Z\"\n\n[spec]", "Z\"\npublished_at = \"2026-11-21T01:02:03Z\"\n\n[spec]", StringComparison.Ordinal),
            edited);
    }

    [TestMethod]
    public void LineEndsStayAsTheyAre()
    {
        var windows = CatalogScene.Manifest.Replace("\n", "\r\n", StringComparison.Ordinal);
        var edited = AtomEdits.Sign(AtomEdits.Publish(Open(windows), Time).Value!, Signature).Value!.Text;
        Assert.IsFalse(edited.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny('\r', '\n'));
        StringAssert.StartsWith(edited, windows[..60]);
    }

    [TestMethod]
    public void ASignatureComesAfterOneBlankLine()
    {
        const string Block = "[signature.key-1]\nalgorithm = \"ML-DSA-65\"\nfingerprint = \"ab\"\nsigned_at = \"2026-01-01T00:00:00Z\"\nvalue = \"QUJD\"\n";
        var signed = AtomEdits.Sign(Open(CatalogScene.Manifest), Signature).Value!;
        Assert.AreEqual(CatalogScene.Manifest + "\n" + Block, signed.Text);
        Assert.AreEqual(CatalogScene.Manifest + "\n" + Block, AtomEdits.Sign(Open(CatalogScene.Manifest.TrimEnd('\n')), Signature).Value!.Text);
        Assert.AreEqual(CatalogScene.Manifest + "\n" + Block, AtomEdits.Sign(Open(CatalogScene.Manifest + "\n"), Signature).Value!.Text);
        StringAssert.Contains(AtomEdits.Sign(Open(CatalogScene.Manifest), Signature with { KeyId = "a key.1" }).Value!.Text, "\n\n[signature.\"a key.1\"]\nalgorithm");
    }

    [TestMethod]
    public void ASignatureIsReplacedWhereItStands()
    {
        var two = AtomEdits.Sign(AtomEdits.Sign(Open(CatalogScene.Manifest), Signature with { PublicKey = "xx" }).Value!, Signature with { KeyId = "key-2", Value = "RA==" }).Value!;
        var commented = Open(two.Text.Replace("value = \"QUJD\"", "value = \"QUJD\"   # first", StringComparison.Ordinal));
        var again = AtomEdits.Sign(commented, Signature with { Value = "RUVF" }).Value!.Text;
        Assert.AreEqual(commented.Text.Replace("QUJD", "RUVF", StringComparison.Ordinal).Replace("public_key = \"xx\"\n", "", StringComparison.Ordinal), again);
    }

    [TestMethod]
    public void TheStyleOfAHashIsKept()
    {
        var digits = new string('a', 64);
        var old = CatalogScene.Manifest.Replace("\"\"", $"'sha256:{new string('b', 64)}' # by hand", StringComparison.Ordinal);
        StringAssert.Contains(AtomEdits.SetHash(Open(old), digits).Value!.Text, $"content_hash = \"sha256:{digits}\" # by hand\n");
    }

    [TestMethod]
    public async Task OfTwoWritersTheSecondIsRefused()
    {
        using var scene = new CatalogScene();
        var path = Path.Combine(scene.Greeting(), "atom.toml");
        var first = AtomFile.Open(path).Value!;
        var second = AtomFile.Open(path).Value!;
        Assert.IsNull(await SaveAsync(first, first.Source.Text + "# one\n"));
        Assert.AreEqual("CAP0890", await SaveAsync(second, second.Source.Text + "# two\n"));
        Assert.AreEqual(CatalogScene.Manifest + "# one\n", File.ReadAllText(path));
    }

    [TestMethod]
    public async Task OfManyWritersAtOnceExactlyOneWins()
    {
        using var scene = new CatalogScene();
        var path = Path.Combine(scene.Greeting(), "atom.toml");
        var writers = Enumerable.Range(0, 16).Select(_ => AtomFile.Open(path).Value!).ToArray();
        var results = await Task.WhenAll(writers.Select((w, i) => Task.Run(() => SaveAsync(w, $"{w.Source.Text}# {i}\n"))));
        Assert.AreEqual(1, results.Count(r => r is null));
        Assert.AreEqual(15, results.Count(r => r == "CAP0890"));
        Assert.AreEqual($"{CatalogScene.Manifest}# {Array.IndexOf(results, null)}\n", File.ReadAllText(path));
        Assert.HasCount(2, Directory.GetFiles(Path.GetDirectoryName(path)!), "No temporary file is left.");
    }

    [TestMethod]
    public async Task NothingIsTouchedWhenNothingChanges()
    {
        using var scene = new CatalogScene();
        var path = Path.Combine(scene.Greeting(), "atom.toml");
        File.WriteAllBytes(path, [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(path)]);
        var before = File.GetLastWriteTimeUtc(path);
        var file = AtomFile.Open(path).Value!;
        Assert.IsNull(await SaveAsync(file, file.Source.Text));
        Assert.AreEqual(before, File.GetLastWriteTimeUtc(path));
        Assert.IsNull(await SaveAsync(file, file.Source.Text + "\n"));
        Assert.AreEqual(0xEF, File.ReadAllBytes(path)[0], "A byte order mark stays.");
    }

    [TestMethod]
    public async Task AFolderThatTakesNoFilesIsSaid()
    {
        using var scene = new CatalogScene();
        var path = Path.Combine(scene.Greeting(), "atom.toml");
        var file = AtomFile.Open(path).Value!;
        File.Delete(path);
        Assert.AreEqual("CAP0891", await SaveAsync(file, "x = 1\n"));
    }

    private static async Task<string?> SaveAsync(AtomFile file, string text) => (await file.SaveAsync(text, CancellationToken.None))?.Code;

    private static TomlEditor Open(string text) => TomlEditor.Open(new SourceText("<atom.toml>", text)).Value!;
}
