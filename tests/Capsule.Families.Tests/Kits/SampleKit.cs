using Capsule.Core.Plans;
using Capsule.Tests;

namespace Capsule.Families.Tests.Kits;

[TestClass]
public class SampleKit
{
    [TestMethod]
    public void CompilesToAllThreePlansWithoutAWord()
    {
        var result = FamilyCatalog.Compile(new CompileRequest { ManifestPath = Checkout.File("samples", "hello-kit", "capability.yml"), Publisher = "acme", Version = "1.0.0" });
        Assert.AreEqual("", KitScene.Said(result.Diagnostics));
        Assert.IsEmpty(result.Value!.LaunchNotYet);
        Assert.AreEqual(new PackageReference("kit", "acme", "hello-kit", "1.0.0"), result.Value.Package);
        Assert.IsNotEmpty(result.Value.Tests!.Cases);
        Assert.Contains("workloads/hello/bun.lock", result.Value.Pack.Entries.Select(e => e.Path));
        Assert.IsFalse(result.Value.Pack.Entries.Any(e => e.Path.EndsWith(".capproj", StringComparison.Ordinal)));
    }
}
