using Capsule.Core.Diagnostics;
using Capsule.Families.Capsules;
using Capsule.Tests;

namespace Capsule.Families.Tests.Capsules;

/// <summary>The ten capsule.toml of the reference system's own fixtures (specs: ato 7.1), as they are.</summary>
[TestClass]
public class PublishedManifests
{
    [TestMethod]
    [DataRow("deno-lock-missing-capsule", 11)]
    [DataRow("network-exfil-capsule", 14)]
    [DataRow("npm-fallback-capsule", 23)]
    public void DenoNeedsItsProgram(string sample, int line) => Expect(sample, $"capsule.toml({line},14): error CAP0039");

    [TestMethod]
    public void NativeShellNeedsItsProgram() => Expect("native-shell-capsule", "capsule.toml(10,14): error CAP0039");

    [TestMethod]
    [DataRow("native-shell-capsule", "run.sh")]
    [DataRow("deno-lock-missing-capsule", "main.ts")]
    [DataRow("network-exfil-capsule", "main.ts")]
    [DataRow("npm-fallback-capsule", "main.ts")]
    [DataRow("native-python-with-uv-lock-capsule", "main.py", "uv.lock")]
    public void RunsWithItsProgram(string sample, params string[] files)
    {
        using var project = new CapsuleScenario(File.ReadAllText(Vectors.Sample("capsules", sample, "capsule.toml")), files)
            .With("uv.lock", "version = 1\n");
        Assert.IsEmpty(project.Plans().LaunchNotYet);
        Assert.IsNotNull(project.Plans().Launch);
    }

    [TestMethod]
    public void ServicesInContainersAreNotThereYet()
    {
        using var project = new CapsuleScenario(File.ReadAllText(Vectors.Sample("capsules", "oci-multi-component", "capsule.toml")), "run.sh");
        project.Says(
            "capsule.toml(14,11): warning CAP0061",
            "capsule.toml(19,11): warning CAP0061",
            "capsule.toml(24,1): error CAP0062",
            "capsule.toml(32,1): error CAP0062",
            "capsule.toml(34,14): error CAP0062",
            "capsule.toml(42,1): error CAP0062");
    }

    [TestMethod]
    public void AnEntrypointOutsideTheProjectIsRefused() => Expect("web-path-traversal-capsule", "capsule.toml(10,14): error CAP0038");

    [TestMethod]
    public void TheOldExecutionTableIsRefused() => Expect("r3_test_app", "capsule.toml(6,2): error CAP0013");

    [TestMethod]
    public void AnIpcServiceOfTheOldSchemaIsRefused() => Expect(
        "ipc_service", "capsule.toml(1,18): error CAP0006", "capsule.toml(9,2): error CAP0013");

    [TestMethod]
    public void AnIpcClientOfTheOldSchemaIsRefused() => Expect(
        "ipc_client", "capsule.toml(1,18): error CAP0006", "capsule.toml(9,2): error CAP0013");

    private static void Expect(string sample, params string[] lines)
    {
        var manifest = Vectors.Sample("capsules", sample, "capsule.toml");
        var result = new CapsuleFamily().Compile(new CompileRequest { ManifestPath = manifest });
        CollectionAssert.AreEqual(lines, CapsuleScenario.Lines(result.Diagnostics), string.Join('\n', result.Diagnostics));
        Assert.AreEqual(ExitCode.Invalid, result.Exit);
        Assert.IsTrue(result.Diagnostics.All(d => d.Span!.Value.File == manifest), "The full path is known.");
    }
}
