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

    [TestMethod]
    public void TheKitCompilesWithoutAWordAndHoldsJustItsFiles()
    {
        var result = FamilyCatalog.Compile(new CompileRequest { ManifestPath = Checkout.File("samples", "hello-kit", "capability.yml") });
        Assert.IsEmpty(result.Diagnostics);
        Assert.AreEqual(
            "README.md capability-test.yml capability.yml bun.lock package.json bridge.ts index.ts log.ts mcp.ts web.ts words.test.ts words.ts tsconfig.json app.js index.html style.css",
            string.Join(' ', result.Value!.Pack.Entries.Select(e => Path.GetFileName(e.Path))));
        Assert.IsEmpty(result.Value.LaunchNotYet);
    }

    [TestMethod]
    public void TheLockOfTheKitNamesNoRegistry()
    {
        var text = File.ReadAllText(Checkout.File("samples", "hello-kit", "workloads", "hello", "bun.lock"));
        Assert.IsFalse(text.Contains("://", StringComparison.Ordinal));
    }
}
