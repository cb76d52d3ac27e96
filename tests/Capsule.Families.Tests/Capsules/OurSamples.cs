using Capsule.Families.Capsules;
using Capsule.Tests;

namespace Capsule.Families.Tests.Capsules;

[TestClass]
public class OurSamples
{
    [TestMethod]
    [DataRow("static-site", "README.md capsule.toml site/about.html site/index.html site/style.css")]
    [DataRow("node-capsule", "README.md capsule.toml server.mjs")]
    public void CompileWithoutAWordAndHoldJustTheirFiles(string sample, string files)
    {
        var result = new CapsuleFamily().Compile(new CompileRequest { ManifestPath = Checkout.File("samples", sample, "capsule.toml") });
        Assert.IsEmpty(result.Diagnostics);
        Assert.AreEqual(files, string.Join(' ', result.Value!.Pack.Entries.Select(e => e.Path)));
        Assert.IsEmpty(result.Value.LaunchNotYet);
    }
}
