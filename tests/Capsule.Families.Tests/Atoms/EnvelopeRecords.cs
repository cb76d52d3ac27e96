using System.Security.Cryptography;
using Capsule.Core.Text;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Model;
using Capsule.Tests;

namespace Capsule.Families.Tests.Atoms;

/// <summary>The bytes of the framed files digest and of the envelope's record (docs: atoms), computed elsewhere.</summary>
[TestClass]
public class EnvelopeRecords
{
    [TestMethod]
    [DataRow("28ccc81915ed2d82023628cab0e42993cc1ec1b73169f910d5bd3469da7478ed", "a.txt", "A\n", "b.txt", "B\n")]
    [DataRow("28ccc81915ed2d82023628cab0e42993cc1ec1b73169f910d5bd3469da7478ed", "a.txt", "A", "b.txt", "\uFEFFB\r\n")]
    [DataRow("eb9233cfb478908f5b694090d409e21ec31934c6934430eb13f4ef44cc5c36f7", "a.txt", "A\nB\n", "b.txt", "")]
    [DataRow("45480d91d6640186a8fec0eb11ae14f78654fba9d9aa495a4e424534f2648432", "a.txt", "A\n", "c.txt", "B\n")]
    public void FilesAreFramed(string digest, string first, string firstText, string second, string secondText)
    {
        using var scene = new CatalogScene();
        var atom = Path.GetDirectoryName(scene.Write($"x/{first}", firstText))!;
        scene.Write($"x/{second}", secondText);
        Assert.AreEqual(digest, FilesDigest.Of(scene.Load().Value!, Manifest(), AtomFiles.List(atom)).Value);
    }

    [TestMethod]
    public void WhereTheAssetAloneCountsItAloneIsFramed()
    {
        using var scene = new CatalogScene(CatalogScene.Catalog + "canonicalization: asset-raw\n");
        var folder = scene.Greeting();
        var one = FilesDigest.Of(scene.Load().Value!, Manifest(), AtomFiles.List(folder));
        Assert.AreEqual("d76253477cecedd2fee937e9fb063c420c5477795a7376baf96c37d090112fc1", one.Value);
        scene.Write("compositions/design-spec/greeting@1.0.0/more.md", "more\n");
        Assert.AreEqual(one.Value, FilesDigest.Of(scene.Load().Value!, Manifest(), AtomFiles.List(folder)).Value);
        File.Delete(Path.Combine(folder, "spec.md"));
        Assert.AreEqual("CAP0808", FilesDigest.Of(scene.Load().Value!, Manifest(), AtomFiles.List(folder)).Diagnostics.Single().Code);
    }

    [TestMethod]
    public void TheRecordIsLengthFramed()
    {
        var record = EnvelopeRecord.Write(Manifest(), "d76253477cecedd2fee937e9fb063c420c5477795a7376baf96c37d090112fc1", "maintainer", "2026-11-21T01:02:03Z")!;
        Assert.HasCount(242, record);
        Assert.AreEqual("6c21a2376d76d21a003fc332071b982ec56a7249b4fca96cb4e014f360a6e22b", Convert.ToHexStringLower(SHA256.HashData(record)));
        Assert.IsNull(EnvelopeRecord.Write(Manifest(hash: ""), "", "maintainer", ""));
    }

    private static AtomManifest Manifest(string hash = GreetingAtom.Hash) => AtomReader.Read(
        new SourceText(Path.Combine(Path.GetTempPath(), "atom.toml"), GreetingAtom.Manifest.Replace("\"\"", $"\"{hash}\"", StringComparison.Ordinal)), null, [])!;
}
