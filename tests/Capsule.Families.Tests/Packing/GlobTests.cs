using System.Diagnostics;
using Capsule.Families.Packing;

namespace Capsule.Families.Tests.Packing;

[TestClass]
public class GlobTests
{
    [TestMethod]
    [DataRow("*.map", "a.map", true)]
    [DataRow("*.map", "x/y/a.map", true)]
    [DataRow("/*.map", "x/a.map", false)]
    [DataRow("dist", "dist/a/b.js", true)]
    [DataRow("dist/", "web/dist/b.js", true)]
    [DataRow("web/dist", "web/dist/b.js", true)]
    [DataRow("web/dist", "other/web/dist", false)]
    [DataRow("a/**/z", "a/z", true)]
    [DataRow("a/**/z", "a/b/c/z", true)]
    [DataRow("a/**", "b/a/x", false)]
    [DataRow("**", "x/y", true)]
    [DataRow("?.txt", "a.txt", true)]
    [DataRow("?.txt", "ab.txt", false)]
    [DataRow("*", "anything", true)]
    [DataRow("[a].txt", "a.txt", false)]
    [DataRow("A.txt", "a.txt", false)]
    public void Covers(string pattern, string path, bool expected) => Assert.AreEqual(expected, Glob.Parse(pattern)!.Covers(path));

    [TestMethod]
    [DataRow("")]
    [DataRow("/")]
    [DataRow("../x")]
    [DataRow("a//b")]
    [DataRow("./a")]
    public void RefusesWhatIsNoPatternOfTheFolder(string pattern) => Assert.IsNull(Glob.Parse(pattern));

    [TestMethod]
    public void IsNotSlowedByHostilePatterns()
    {
        var watch = Stopwatch.StartNew();
        var stars = string.Concat(Enumerable.Repeat("*a", 60)) + "b";
        Assert.IsFalse(Glob.Parse(stars)!.Covers(new string('a', 250)));
        var folders = string.Join('/', Enumerable.Repeat("**/a", 60)) + "/b";
        Assert.IsFalse(Glob.Parse(folders)!.Covers(string.Join('/', Enumerable.Repeat("a", 250))));
        Assert.IsLessThan(5, watch.Elapsed.TotalSeconds);
    }
}
