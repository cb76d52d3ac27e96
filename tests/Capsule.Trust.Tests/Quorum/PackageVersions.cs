using Capsule.Trust.Quorum;

namespace Capsule.Trust.Tests.Quorum;

[TestClass]
public class PackageVersions
{
    [TestMethod]
    public void AreOrderedAsSemVerSays()
    {
        string[] ascending =
        [
            "0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
            "1.0.10", "1.2.0", "10.0.0", "99999999999999999999.0.0",
        ];
        for (var i = 0; i < ascending.Length; i++)
        {
            for (var j = 0; j < ascending.Length; j++)
            {
                Assert.AreEqual(i.CompareTo(j), Math.Sign(Parse(ascending[i]).CompareTo(Parse(ascending[j]))), $"{ascending[i]} and {ascending[j]}");
            }
        }

        Assert.AreEqual(0, Parse("1.0.0+a").CompareTo(Parse("1.0.0+b")));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("1")]
    [DataRow("1.0")]
    [DataRow("1.0.0.0")]
    [DataRow("v1.0.0")]
    [DataRow("01.0.0")]
    [DataRow("1.0.0-")]
    [DataRow("1.0.0-01")]
    [DataRow("1.0.0-a..b")]
    [DataRow("1.0.0+")]
    [DataRow("1.0.-1")]
    public void OfAnotherFormAreNone(string text) => Assert.IsFalse(PackageVersion.TryParse(text, out _));

    private static PackageVersion Parse(string text)
    {
        Assert.IsTrue(PackageVersion.TryParse(text, out var version), text);
        return version;
    }
}
