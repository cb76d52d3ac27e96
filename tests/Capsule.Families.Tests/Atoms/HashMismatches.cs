using System.Security.Cryptography;
using System.Text;
using Capsule.Families.Atoms.Canonical;

namespace Capsule.Families.Tests.Atoms;

/// <summary>A hash that does not fit is explained where a usual damage explains it (specs: atoms 5.3).</summary>
[TestClass]
public class HashMismatches
{
    [TestMethod]
    [DataRow("one  \ntwo\n", "one\ntwo\n", "blanks at the ends of lines stripped")]
    [DataRow("one\ntwo\n", "one\r\ntwo\r\n", "with CRLF line ends")]
    [DataRow("one\ntwo\n", "\uFEFFone\ntwo\n", "with a byte order mark")]
    [DataRow("one\ntwo\n\n", "one\ntwo\n", "one line end less")]
    [DataRow("one\ntwo\n", "one\ntwo\n\n", "one line end more")]
    public void OfOneFile(string now, string hashed, string why) => Explained([("spec.md", now)], hashed, why, "Mismatch");

    [TestMethod]
    public void OfSeveral()
    {
        Explained([("spec.md", "a\n"), ("b.md", "b\n")], "a\n", "(legacy)", "Legacy");
        Explained([("spec.md", "a\n"), ("b.md", "b\n"), ("c.md", "c\n")], "b\na\n", "without 'c.md'", "Mismatch");
        Explained([("spec.md", "a\n"), ("b.md", "b \n")], "b\na\n", "blanks at the ends of lines stripped", "Mismatch");
        Explained([("spec.md", "a\n"), ("b.md", "quite different\n")], "something\n", "", "Mismatch");
    }

    [TestMethod]
    public void ABindingRuleKnowsNoOther()
    {
        foreach (var (rule, hashed, state) in (ValueTuple<string, string, HashState>[])
            [("atoms-canon/1", "a\n", HashState.Mismatch), ("atoms-canon/1", "b\na\n", HashState.Match), ("asset-raw", "a\n", HashState.Match), ("asset-raw", "b\na\n", HashState.Mismatch)])
        {
            using var scene = new CatalogScene(CatalogScene.Catalog + $"canonicalization: {rule}\n");
            var report = scene.Validate(Make(scene, [("spec.md", "a\n"), ("b.md", "b\n")], hashed));
            Assert.AreEqual(state, report.Hash!.State, $"{rule} {hashed}");
        }
    }

    [TestMethod]
    public void StrictlyTheOldRuleDoesNotCount()
    {
        using var scene = new CatalogScene();
        var folder = Make(scene, [("spec.md", "a\n"), ("b.md", "b\n")], "a\n");
        Assert.AreEqual("CAP0829", scene.Validate(folder).Problems.Single().Code);
        Assert.IsTrue(scene.Validate(folder).IsValid);
        Assert.IsFalse(scene.Validate(folder, strict: true).IsValid);
    }

    private static void Explained((string Name, string Text)[] files, string hashed, string why, string state)
    {
        using var scene = new CatalogScene();
        var report = scene.Validate(Make(scene, files, hashed));
        Assert.AreEqual(state, report.Hash!.State.ToString());
        if (report.Hash.State == HashState.Mismatch)
        {
            Assert.AreEqual("CAP0810", report.Problems.Single().Code);
            StringAssert.Contains(report.Hash.Why, why);
            StringAssert.Contains(report.Problems.Single().Message, report.Hash.Why);
        }
    }

    private static string Make(CatalogScene scene, (string Name, string Text)[] files, string hashed)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashed)));
        var folder = scene.Greeting(m => m.Replace("\"\"", $"\"{hash}\"", StringComparison.Ordinal));
        foreach (var (name, text) in files)
        {
            File.WriteAllBytes(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text));
        }

        return folder;
    }
}
