using Capsule.Distribution;

namespace Capsule.Packaging.Tests.Feeds;

[TestClass]
public class PackageNames
{
    [TestMethod]
    [DataRow("acme/hello", "acme.hello", null)]
    [DataRow("acme/hello-kit@1.2.0", "acme.hello-kit", "1.2.0")]
    [DataRow("a/b_c@1.0.0-rc.1+build", "a.b_c", "1.0.0-rc.1+build")]
    public void AreReadIntoTheFeedsId(string text, string id, string? version)
    {
        var name = PackageName.Parse(text);

        Assert.IsTrue(name.Succeeded);
        Assert.AreEqual(id, name.Value.FeedId);
        Assert.AreEqual(version, name.Value.Version);
        Assert.AreEqual(text, name.Value.ToString());
    }

    [TestMethod]
    [DataRow("hello")]
    [DataRow("acme/")]
    [DataRow("Acme/Hello")]
    [DataRow("../etc/passwd")]
    [DataRow("acme/hello@")]
    [DataRow("acme/hello\n")]
    [DataRow("a.b/c")]
    public void OfAnotherShapeAreRefused(string text)
    {
        var name = PackageName.Parse(text);

        Assert.AreEqual("CAP4000", name.Diagnostics.Single().Code);
        Assert.AreEqual(2, (int)name.Exit);
    }
}
