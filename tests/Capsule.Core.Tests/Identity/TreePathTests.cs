using Capsule.Core.Identity;

namespace Capsule.Core.Tests.Identity;

[TestClass]
public class TreePathTests
{
    [TestMethod]
    [DataRow("a")]
    [DataRow("src/main.ts")]
    [DataRow(".gitignore")]
    [DataRow("a b/c (1)/…/日本語/é.txt")]
    [DataRow("[id]/$slug/@scope/+page~.tsx")]
    [DataRow("com0/console/comma.txt/auxiliary/LPT10/nul-free")]
    [DataRow("emoji/🚀.md")]
    [DataRow("src/.capsule/kept.txt", DisplayName = "only the .capsule at the root is reserved")]
    public void ValidPathsPass(string path) => Assert.IsNull(TreePath.Check(path)?.Message);

    [TestMethod]
    [DataRow("", "CAP2000")]
    [DataRow("/etc/passwd", "CAP2002")]
    [DataRow("a//b", "CAP2002")]
    [DataRow("a/", "CAP2002")]
    [DataRow("./a", "CAP2003")]
    [DataRow("a/../b", "CAP2003")]
    [DataRow("a\\b", "CAP2004")]
    [DataRow("C:/x", "CAP2004")]
    [DataRow("a\tb", "CAP2004")]
    [DataRow("a\nb", "CAP2004")]
    [DataRow("a\0b", "CAP2004")]
    [DataRow("a\u0085b", "CAP2004")]
    [DataRow("what?.txt", "CAP2004")]
    [DataRow("a|b", "CAP2004")]
    [DataRow("folder./x", "CAP2005")]
    [DataRow("x ", "CAP2005")]
    [DataRow("src/nul", "CAP2006")]
    [DataRow("Aux.h", "CAP2006")]
    [DataRow("nul .txt", "CAP2006")]
    [DataRow("a/COM7.tar.gz", "CAP2006")]
    [DataRow("lpt²", "CAP2006")]
    [DataRow("conout$", "CAP2006")]
    [DataRow("a\u202Etxt.exe", "CAP2007")]
    [DataRow("a\u200Bb", "CAP2007")]
    [DataRow("soft\u00ADhyphen", "CAP2007")]
    [DataRow("\uFEFFbom", "CAP2007")]
    [DataRow("tag\U000E0041", "CAP2007")]
    [DataRow("variation\uFE0F", "CAP2007")]
    [DataRow("e\u0301.txt", "CAP2009")]
    [DataRow(".capsule/tree", "CAP2018")]
    [DataRow(".CAPSULE", "CAP2018")]
    [DataRow(".cap\u017Fule/x", "CAP2018")]
    public void BrokenRulesAreNamed(string path, string code) => Assert.AreEqual(code, TreePath.Check(path)?.Code);

    [TestMethod]
    public void UnpairedSurrogatesAreRefused()
    {
        Assert.AreEqual("CAP2008", TreePath.Check("a\uD800b")?.Code);
        Assert.AreEqual("CAP2008", TreePath.Check("\uDC00\uD800")?.Code);
        Assert.IsNull(TreePath.Check("\uD83D\uDE80"));
    }

    [TestMethod]
    public void LengthsCountUtf8Bytes()
    {
        Assert.IsNull(TreePath.Check(new string('a', 255)));
        Assert.AreEqual("CAP2001", TreePath.Check(new string('a', 256))?.Code);
        Assert.AreEqual("CAP2001", TreePath.Check(new string('é', 128))?.Code);
        var folders = string.Concat(Enumerable.Repeat(new string('a', 127) + "/", 8));
        Assert.AreEqual(1024, folders.Length);
        Assert.IsNull(TreePath.Check(folders[..1022] + "aa"));
        Assert.AreEqual("CAP2000", TreePath.Check(folders + "a")?.Code);
    }

    [TestMethod]
    public void OrderIsThatOfUtf8Bytes()
    {
        string[] sorted = ["README.md", "bin-old", "bin/run", "data/é.txt", "\uE000", "\uFFFD", "\U00010000", "\U0001F680"];
        CollectionAssert.AreEqual(sorted, sorted.Reverse().Order(TreePathOrder.Instance).ToArray());
        Assert.IsLessThan(0, TreePathOrder.Instance.Compare("a", "a/b"));
        Assert.AreEqual(0, TreePathOrder.Instance.Compare("x", "x"));
    }

    [TestMethod]
    public void MessagesShowNoControlCharacter() =>
        Assert.AreEqual("a\uFFFDb", TreePath.Show("a\u001bb"));
}
