using System.Text;
using Capsule.Core.Identity;
using Capsule.Tests;

namespace Capsule.Core.Tests.Identity;

[TestClass]
public class TreeDocumentTests
{
    private const string Identity = "capsule-tree/1:d51bd6efdf18c457f8d438f3ec6044b2adc926c05fc74c382312b4520322e782";

    private const string Document =
        "capsule-tree/1\n"
        + "f\t6\t5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03\tREADME.md\n"
        + "f\t0\te3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\tbin-old\n"
        + "x\t18\t299001868fb8c02fd431c336c6d058f5558c5dff5b5af5e6fe04b870a6a9cbba\tbin/run\n"
        + "f\t56\tcb879c5e32389c855e13b3edcc25794e4649d9e9c6e081898bda8a6d53569503\tcapsule.toml\n"
        + "l\t7\tbin/run\tcurrent\n"
        + "f\t3\t1320b5dc13aa91dbac6eabc346cb655592aef8244a8ed04b8c4b3bdd59b8af4c\tdata/é.txt\n";

    [TestMethod]
    public async Task TheVectorsFolderHasTheVectorsIdentity()
    {
        using var folder = VectorFolder();
        var tree = await TreeReader.ReadAsync(folder.Path, CancellationToken.None);
        Assert.IsTrue(tree.Succeeded, TreeOf.Codes(tree));
        Assert.AreEqual(Document, Encoding.UTF8.GetString(tree.Value.Bytes.Span));
        Assert.AreEqual(433, tree.Value.Bytes.Length);
        Assert.AreEqual(Identity, tree.Value.Identity);
    }

    [TestMethod]
    public void TheVectorParsesToItself()
    {
        var tree = TreeDocument.Parse(Encoding.UTF8.GetBytes(Document));
        Assert.IsTrue(tree.Succeeded, TreeOf.Codes(tree));
        Assert.AreEqual(Identity, tree.Value.Identity);
        Assert.AreEqual(83, tree.Value.TotalSize);
        Assert.AreEqual("bin/run", tree.Value.Find("current")?.Value);
        Assert.AreEqual(Identity["capsule-tree/1:".Length..], TreeIdentity.Digest(tree.Value.Identity).Value);
    }

    [TestMethod]
    [DataRow("capsule-tree/1", "capsule-tree/2", "CAP2021")]
    [DataRow("f\t6\t", "f\t06\t", "CAP2022")]
    [DataRow("f\t6\t", "f\t+6\t", "CAP2021")]
    [DataRow("f\t6\t", "d\t6\t", "CAP2021")]
    [DataRow("f\t6\t", "f 6\t", "CAP2021")]
    [DataRow("README.md\n", "README.md\r\n", "CAP2004")]
    [DataRow("README.md\n", "README.md\n\n", "CAP2021")]
    [DataRow("README.md", "zREADME.md", "CAP2022")]
    [DataRow("e3b0c4", "E3b0c4", "CAP2020")]
    [DataRow("l\t7\t", "l\t8\t", "CAP2014")]
    [DataRow("é", "e\u0301", "CAP2009")]
    public void OneChangedFormIsRefused(string from, string to, string code)
    {
        var start = Document.IndexOf(from, StringComparison.Ordinal);
        var changed = Document[..start] + to + Document[(start + from.Length)..];
        Assert.AreEqual(code, TreeOf.Codes(TreeDocument.Parse(Encoding.UTF8.GetBytes(changed))));
    }

    [TestMethod]
    public void BytesThatAreNoTextAreRefused()
    {
        Assert.AreEqual("CAP2021", TreeOf.Codes(TreeDocument.Parse([])));
        Assert.AreEqual("CAP2021", TreeOf.Codes(TreeDocument.Parse([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Document)])));
        Assert.AreEqual("CAP2021", TreeOf.Codes(TreeDocument.Parse([.. Encoding.UTF8.GetBytes(Document), 0xFF, 0x0A])));
        Assert.AreEqual("CAP2021", TreeOf.Codes(TreeDocument.Parse(Encoding.UTF8.GetBytes(Document[..^1]))));
        Assert.AreEqual("CAP2028", TreeOf.Codes(TreeDocument.Parse("capsule-tree/1\n"u8)));
    }

    [TestMethod]
    public void EveryFlippedByteChangesTheIdentityOrIsRefused()
    {
        var bytes = Encoding.UTF8.GetBytes(Document);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.AreNotEqual(Identity, TreeDocument.Parse(bytes).Value?.Identity);
            bytes[i] ^= 1;
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("capsule-tree/1:D51bd6efdf18c457f8d438f3ec6044b2adc926c05fc74c382312b4520322e782")]
    [DataRow("capsule-tree/1:d51b")]
    [DataRow("sha256:d51bd6efdf18c457f8d438f3ec6044b2adc926c05fc74c382312b4520322e782")]
    public void OtherTextsAreNoIdentity(string text) => Assert.AreEqual("CAP2024", TreeIdentity.Digest(text).Diagnostics[0].Code);

    internal static TemporaryFolder VectorFolder()
    {
        var folder = new TemporaryFolder();
        folder.Write("README.md", "hello\n");
        folder.Write("bin-old", "");
        folder.Write("bin/run", "#!/bin/sh\necho hi\n");
        folder.Write("capsule.toml", "schema_version = \"0.2\"\nname = \"hello\"\nversion = \"1.0.0\"\n");
        File.CreateSymbolicLink(folder["current"], "bin/run");
        Directory.CreateDirectory(folder["data"]);
        Directory.CreateDirectory(folder["empty"]);
        File.WriteAllBytes(folder["data", "é.txt"], [0xFF, 0x0D, 0x0A]);
        return folder;
    }
}
