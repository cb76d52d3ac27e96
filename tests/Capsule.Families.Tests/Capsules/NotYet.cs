using Capsule.Core.Diagnostics;

namespace Capsule.Families.Tests.Capsules;

[TestClass]
public class NotYet
{
    private const string Wasm = "\n[targets.tool]\nruntime = \"wasm\"\ndriver = \"wasmtime\"\nentrypoint = \"main.wasm\"\n";

    [TestMethod]
    public void ATargetThatIsNotChosenIsOnlyAWarning()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server + Wasm, "server.mjs");
        project.Says("capsule.toml(15,10): warning CAP0061");
        CollectionAssert.AreEqual(new[] { "capsule.toml(15,10): error CAP0060" }, CapsuleScenario.Lines(project.Compile("tool").Diagnostics));
    }

    [TestMethod]
    [DataRow("[services.main]\ntarget = \"server\"", "capsule.toml(14,1): error CAP0062")]
    [DataRow("[state.data]\nkind = \"filesystem\"", "capsule.toml(13,2): error CAP0062")]
    [DataRow("[routing]\nweight = \"light\"", "capsule.toml(13,2): error CAP0062")]
    [DataRow("[ipc.exports]\nname = \"x\"", "capsule.toml(13,2): error CAP0062")]
    [DataRow("[transparency]\nlevel = \"strict\"", "capsule.toml(13,2): error CAP0062")]
    [DataRow("[build.lifecycle]\nprepare = \"make\"", "capsule.toml(13,8): error CAP0062")]
    [DataRow("[isolation.sandbox]\nfilesystem = {}", "capsule.toml(13,12): error CAP0062")]
    [DataRow("[network]\negress_id_allow = []", "capsule.toml(14,1): error CAP0062")]
    public void APartThatWouldChangeHowItRunsIsRefused(string lines, string expected)
    {
        using var project = new CapsuleScenario($"{CapsuleScenario.Server}\n{lines}\n", "server.mjs");
        Assert.AreEqual(ExitCode.Invalid, project.Says(expected).Exit);
    }

    [TestMethod]
    public void PackagesOfNpmArePackedButNotRun()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server, "server.mjs", "package-lock.json")
            .With("package.json", """{"dependencies":{"left":"1.0.0"}}""");
        CollectionAssert.AreEqual(new[] { "package.json(1,1): error CAP5971" }, CapsuleScenario.Lines(project.Plans().LaunchNotYet));
    }

    [TestMethod]
    public void PackagesOfNpmNeedTheirLock()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server, "server.mjs")
            .With("package.json", """{"dependencies":{"left":"1.0.0"}}""");
        var result = project.Says("package.json(1,1): error CAP0045");
        CollectionAssert.Contains(result.Diagnostics[0].Kind.Aliases.ToArray(), "ATO_ERR_PROVISIONING_LOCK_INCOMPLETE");
    }

    [TestMethod]
    public void PackagesOfNpmThatAreShippedRun()
    {
        using var project = new CapsuleScenario(
            $"{CapsuleScenario.Server}\n[pack]\ninclude = [\"*.mjs\", \"package.json\", \"node_modules\"]\n", "server.mjs", "package-lock.json", "node_modules/left/index.js")
            .With("package.json", """{"dependencies":{"left":"1.0.0"}}""");
        Assert.IsEmpty(project.Plans().LaunchNotYet);
    }

    [TestMethod]
    [DataRow("""{"devDependencies":{"left":"1.0.0"},"dependencies":{}}""")]
    [DataRow("""{"type":"module"}""")]
    public void WithoutDependenciesNoLockIsNeeded(string packageFile)
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server, "server.mjs").With("package.json", packageFile);
        project.Says();
    }

    [TestMethod]
    public void ABrokenPackageFileIsPlaced()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server, "server.mjs").With("package.json", "{\n  \"dependencies\": [}\n");
        project.Says("package.json(2,20): error CAP0047");
    }

    [TestMethod]
    public void AFurtherToolIsNotProvided()
    {
        using var project = new CapsuleScenario($"{CapsuleScenario.Server}\nruntime_tools = {{ node = \"20.11.0\", uv = \"0.4.19\" }}\n", "server.mjs");
        CollectionAssert.AreEqual(new[] { "capsule.toml(13,37): error CAP5972" }, CapsuleScenario.Lines(project.Plans().LaunchNotYet));
    }
}
