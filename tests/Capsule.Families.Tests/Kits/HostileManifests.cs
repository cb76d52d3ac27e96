using System.Diagnostics;

namespace Capsule.Families.Tests.Kits;

/// <summary>A manifest is a stranger's text: every one is answered quickly and with a code.</summary>
[TestClass]
public class HostileManifests
{
    [TestMethod]
    public void ListsAreBounded() => Assert.AreEqual(
        "capability.yml(4,7): error CAP0213: 'host_mounts.a' has 1001 entries; 1000 is the most.",
        KitScene.Said("version: '1'\nhost_mounts:\n  a:\n" + string.Concat(Enumerable.Range(0, 1001).Select(i => $"      k{i}: 1\n"))));

    [TestMethod]
    public void CasesAreBounded()
    {
        using var scene = new KitScene(tests: "tests:\n" + string.Concat(Enumerable.Repeat("- {}\n", 1001)));
        Assert.AreEqual("capability-test.yml(1,1): error CAP0213: 'tests' has 1001 entries; 1000 is the most.", KitScene.Said(scene.Compile().Diagnostics));
    }

    [TestMethod]
    public void ManyWrongNamesStayCheap()
    {
        var watch = Stopwatch.StartNew();
        var workloads = string.Concat(Enumerable.Range(0, 1000).Select(i => $"  w{i}: {{connections: [{string.Join(", ", Enumerable.Range(0, 90).Select(j => "x" + j))}]}}\n"));
        var said = KitScene.Said("version: '1'\nname: many\nworkloads:\n" + workloads);
        StringAssert.Contains(said, "Declared: w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11, w12, w13, w14, w15, w16, w17, w18, w19, ….");
        Assert.IsLessThan(20, watch.Elapsed.TotalSeconds);
    }

    [TestMethod]
    public void IdsAreBounded()
    {
        StringAssert.Contains(KitScene.Said($"version: '1'\nname: {new string('a', 65)}\n"), "(2,7): error CAP0207");
        Assert.IsFalse(KitScene.Said($"version: '1'\nname: {new string('a', 64)}\n").Contains("CAP0207", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("version: '1'\nname: hello\nworkloads:\n  hello:\n    runtime: {sour", "CAP0910")]
    [DataRow("", "CAP0911")]
    [DataRow("version: '1'\nversion: '1'\n", "CAP0913")]
    [DataRow("a: &a [*a]\n", "CAP0918")]
    public void BrokenTextsAreAnsweredWithACode(string manifest, string code) => StringAssert.Contains(KitScene.Said(manifest), code);
}
