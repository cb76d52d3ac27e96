using Capsule.Core.Identity;

namespace Capsule.Core.Tests.Identity;

[TestClass]
public class TreeRulesTests
{
    [TestMethod]
    [DataRow("README", "readme")]
    [DataRow("src/a", "SRC/b", DisplayName = "implied folders count")]
    [DataRow("straße", "STRASSE")]
    [DataRow("ﬁle", "file")]
    [DataRow("a/b/c", "A")]
    [DataRow("K", "\u212A", DisplayName = "the Kelvin sign normalises to K and is refused before")]
    public void PathsThatDifferOnlyInCaseAreRefused(string one, string other)
    {
        var result = TreeOf.Entries(TreeOf.File(one), TreeOf.File(other));
        Assert.IsTrue(TreeOf.Codes(result) is "CAP2010" or "CAP2009", TreeOf.Codes(result));
    }

    [TestMethod]
    public void PathsThatShareFoldersPass() =>
        Assert.IsTrue(TreeOf.Entries(TreeOf.File("a/b/c"), TreeOf.File("a/b/d"), TreeOf.File("a/e")).Succeeded);

    [TestMethod]
    public void DuplicatesAreRefused() =>
        Assert.AreEqual("CAP2011", TreeOf.Codes(TreeOf.Entries(TreeOf.File("a"), TreeOf.File("a"))));

    [TestMethod]
    public void FileAboveFileIsRefused() =>
        Assert.AreEqual("CAP2012", TreeOf.Codes(TreeOf.Entries(TreeOf.File("a"), TreeOf.File("a/b"))));

    [TestMethod]
    public void FileBelowLinkIsRefused() =>
        Assert.AreEqual("CAP2013", TreeOf.Codes(TreeOf.Entries(TreeOf.File("b/x"), TreeOf.Link("a", "b"), TreeOf.File("a/y"))));

    [TestMethod]
    [DataRow("/etc/passwd", "CAP2014")]
    [DataRow("", "CAP2014")]
    [DataRow("file/", "CAP2014")]
    [DataRow("a//b", "CAP2014")]
    [DataRow("C:\\x", "CAP2014")]
    [DataRow("../../outside", "CAP2015")]
    [DataRow("../d/../../d/file", "CAP2015", DisplayName = "leaving and coming back is leaving")]
    [DataRow("missing", "CAP2016")]
    [DataRow("file/below", "CAP2016")]
    [DataRow("..", "CAP2016", DisplayName = "the root is no entry")]
    [DataRow("link", "CAP2017", DisplayName = "a link to itself")]
    public void LinksThatLeadAstrayAreRefused(string target, string code) =>
        Assert.AreEqual(code, TreeOf.Codes(TreeOf.Entries(TreeOf.File("d/file"), TreeOf.Link("d/link", target))));

    [TestMethod]
    [DataRow("file")]
    [DataRow("./file")]
    [DataRow("../d/file")]
    [DataRow("sub")]
    [DataRow("sub/x")]
    [DataRow("via/x", DisplayName = "over another link")]
    [DataRow("via/../file", DisplayName = "up from behind a link is up from its target")]
    public void LinksInsideTheTreePass(string target)
    {
        var result = TreeOf.Entries(TreeOf.File("d/file"), TreeOf.File("d/sub/x"), TreeOf.Link("d/via", "sub"), TreeOf.Link("d/link", target));
        Assert.IsTrue(result.Succeeded, TreeOf.Codes(result));
    }

    [TestMethod]
    public void EightHopsPassAndNineDoNot()
    {
        static TreeEntry[] Chain(int links) =>
            [TreeOf.File("end"), .. Enumerable.Range(1, links).Select(i => TreeOf.Link($"l{i}", i == links ? "end" : $"l{i + 1}"))];
        Assert.IsTrue(TreeOf.Entries(Chain(8)).Succeeded);
        Assert.AreEqual("CAP2017", TreeOf.Codes(TreeOf.Entries(Chain(9))));
    }

    [TestMethod]
    public void SizesAndDigestsAreChecked()
    {
        Assert.AreEqual("CAP2019", TreeOf.Codes(TreeOf.Entries(TreeEntry.File("a", 1L << 53, TreeOf.EmptyFile))));
        Assert.AreEqual("CAP2019", TreeOf.Codes(TreeOf.Entries(TreeEntry.File("a", -1, TreeOf.EmptyFile))));
        Assert.AreEqual("CAP2020", TreeOf.Codes(TreeOf.Entries(TreeEntry.File("a", 0, TreeOf.EmptyFile.ToUpperInvariant()))));
        Assert.IsTrue(TreeOf.Entries(TreeEntry.File("a", (1L << 53) - 1, TreeOf.EmptyFile)).Succeeded);
    }

    [TestMethod]
    public void EmptyTreesAreRefused() => Assert.AreEqual("CAP2028", TreeOf.Codes(TreeOf.Entries()));

    [TestMethod]
    public void AllProblemsAreReportedTogether()
    {
        var result = TreeOf.Entries(TreeOf.File("a/../b"), TreeOf.File("nul"), TreeOf.File("x\u200B"));
        Assert.HasCount(3, result.Diagnostics);
    }
}
