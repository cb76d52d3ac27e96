using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Tests.Toolchains;

[TestClass]
public class VersionRanges
{
    [TestMethod]
    [DataRow("1.2.3", "1.2.3", true)]
    [DataRow("1.2.3", "1.2.4", false)]
    [DataRow("=1.2.3", "1.2.3", true)]
    [DataRow("v20", "20.11.0", true)]
    [DataRow("20", "21.0.0", false)]
    [DataRow("20.1.x", "20.1.9", true)]
    [DataRow("20.1", "20.2.0", false)]
    [DataRow("*", "0.0.1", true)]
    [DataRow("", "7.0.0", true)]
    [DataRow("^1.2.3", "1.9.0", true)]
    [DataRow("^1.2.3", "2.0.0", false)]
    [DataRow("^1.2.3", "2.0.0-rc.1", false)]
    [DataRow("^0.2.3", "0.2.9", true)]
    [DataRow("^0.2.3", "0.3.0", false)]
    [DataRow("^0.0.3", "0.0.4", false)]
    [DataRow("^0", "0.9.0", true)]
    [DataRow("~1.2.3", "1.2.9", true)]
    [DataRow("~1.2.3", "1.3.0", false)]
    [DataRow("~1", "1.9.0", true)]
    [DataRow(">=1.2 <2", "1.2.0", true)]
    [DataRow(">=1.2 <2", "2.0.0", false)]
    [DataRow(">1", "1.9.9", false)]
    [DataRow(">1", "2.0.0", true)]
    [DataRow("<=1.2", "1.2.9", true)]
    [DataRow("<=1.2", "1.3.0", false)]
    [DataRow("1.x || >=3", "3.1.0", true)]
    [DataRow("1.x || >=3", "2.0.0", false)]
    [DataRow("*", "1.0.0-beta", false)]
    [DataRow(">=1.0.0-beta", "1.0.0-rc", true)]
    [DataRow(">=1.0.0-beta", "1.1.0-rc", false)]
    public void Include(string range, string version, bool expected)
    {
        Assert.IsTrue(VersionRange.TryParse(range, out var parsed), range);
        Assert.IsTrue(SemanticVersion.TryParse(version, out var number), version);
        Assert.AreEqual(expected, parsed.Includes(number));
    }

    [TestMethod]
    [DataRow("latest")]
    [DataRow("1.2.3.4")]
    [DataRow("=>1")]
    [DataRow("1.x.3")]
    public void RefuseNonsense(string range) => Assert.IsFalse(VersionRange.TryParse(range, out _));

    [TestMethod]
    public void OrderAsSemverSays()
    {
        string[] ordered = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.10", "1.2.0", "10.0.0"];
        var shuffled = ordered.Reverse().Select(t => SemanticVersion.TryParse(t, out var v) ? v : null).Order().Select(v => v!.ToString());
        CollectionAssert.AreEqual(ordered, shuffled.ToArray());
    }
}
