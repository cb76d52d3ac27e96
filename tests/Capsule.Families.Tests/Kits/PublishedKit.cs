using Capsule.Tests;

namespace Capsule.Families.Tests.Kits;

[TestClass]
public class PublishedKit
{
    [TestMethod]
    public void ValidatesPlansAndPacksAsItIs()
    {
        var compiled = FamilyCatalog.Compile(new CompileRequest { ManifestPath = Vectors.Sample("kits", "hello-world", "capability.yml") });
        Assert.IsTrue(compiled.Succeeded);
        Assert.AreEqual("CAP0280", string.Join(' ', compiled.Diagnostics.Select(d => d.Code)));
        Assert.AreEqual("capability-test.yml capability.yml kit-meta.json", string.Join(' ', compiled.Value.Pack.Entries.Select(e => e.Path)));
        Assert.AreEqual("Apache-2.0", compiled.Value.Pack.License);
        Assert.AreEqual("hello/prepare hello/start", string.Join(' ', compiled.Value.Launch!.Cells.Single().Processes.Select(p => p.Id)));
        Assert.AreEqual("CAP0281", string.Join(' ', compiled.Value.LaunchNotYet.Select(d => d.Code)));
    }
}
