using Capsule.Core.Plans;

namespace Capsule.Families.Tests.Capsules;

[TestClass]
public class PythonTargets
{
    private const string Hash = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private const string Tool = """
        schema_version = "0.2"
        name = "my-tool"
        version = "1.0.0"
        type = "tool"
        default_target = "cli"

        [targets.cli]
        runtime = "source"
        driver = "python"
        runtime_version = "3.11"
        entrypoint = "main.py"
        cmd = ["--fast"]
        """;

    [TestMethod]
    public void TheMachinesInterpreterRunsAProgramWithoutDependencies()
    {
        using var project = new CapsuleScenario(Tool, "main.py").With("pyproject.toml", "[project]\nname = \"x\"\ndependencies = []\n");
        var package = project.Plans();
        var process = package.Launch!.Cells.Single().Processes.Single();
        Assert.AreEqual(new ToolchainPlan("python", "3.11"), process.Toolchain);
        Assert.AreEqual("python3 main.py --fast", string.Join(' ', process.Argv!));
        Assert.AreEqual("1", process.Env["PYTHONUNBUFFERED"]);
        Assert.IsEmpty(package.Toolchains, "the lock pins what a registry serves, not what the machine has");
    }

    [TestMethod]
    public void ALockOfAnIndexIsInstalledBeforeTheStart()
    {
        using var project = new CapsuleScenario(Tool, "main.py").With("requirements.txt", $"# what we need\nleft==1.0 \\\n  --hash={Hash}\n");
        var processes = project.Plans().Launch!.Cells.Single().Processes;
        Assert.AreEqual("cli/prepare cli/task", string.Join(' ', processes.Select(p => p.Id)));
        Assert.AreEqual((ProcessStage.Prepare, NetworkMode.Full), (processes[0].Stage, processes[0].Network.Mode));
        Assert.AreEqual("/targets/cli", processes[0].Network.Permission!.Origin.Pointer);
        Assert.AreEqual("/app/requirements.txt", processes[0].Argv![^2]);
        var environment = processes[0].Argv![^1];
        Assert.AreEqual($"{environment}/bin/python3 main.py --fast", string.Join(' ', processes[1].Argv!));
        Assert.AreEqual(environment, processes[1].Env["VIRTUAL_ENV"]);
        Assert.AreEqual(NetworkMode.None, processes[1].Network.Mode);

        project.With("requirements.txt", $"left==1.1 --hash={Hash}\n");
        Assert.AreNotEqual(environment, project.Plans().Launch!.Cells.Single().Processes[0].Argv![^1], "another lock, another environment");
    }

    [TestMethod]
    public void WheelsOfThePackageAreInstalledWithoutANetwork()
    {
        using var project = new CapsuleScenario(Tool, "main.py", "wheels/left-1.0-py3-none-any.whl")
            .With("requirements.txt", $"--no-index\n--find-links wheels\nleft==1.0 --hash={Hash}\n");
        Assert.AreEqual(NetworkMode.None, project.Plans().Launch!.Cells.Single().Processes[0].Network.Mode);

        project.With("uv.lock", Lock("{ path = \"wheels/left-1.0-py3-none-any.whl\" }", $"{{ filename = \"left-1.0-py3-none-any.whl\", hash = \"{Hash}\" }}"));
        var prepare = project.Plans().Launch!.Cells.Single().Processes[0];
        Assert.AreEqual(("/app/uv.lock", NetworkMode.None), (prepare.Argv![^2], prepare.Network.Mode));
    }

    [TestMethod]
    public void ALockOfTheProjectAloneInstallsNothing()
    {
        using var project = new CapsuleScenario(Tool, "main.py").With("uv.lock", "version = 1\n[[package]]\nname = \"x\"\nsource = { virtual = \".\" }\n");
        Assert.HasCount(1, project.Plans().Launch!.Cells.Single().Processes);
    }

    [TestMethod]
    public void DependenciesNeedALock()
    {
        using var project = new CapsuleScenario(Tool, "main.py").With("pyproject.toml", "[project]\nname = \"x\"\ndependencies = [\"left\"]\n");
        var result = project.Says("pyproject.toml(3,1): error CAP0052");
        CollectionAssert.Contains(result.Diagnostics[0].Kind.Aliases.ToArray(), "ATO_ERR_PROVISIONING_LOCK_INCOMPLETE");
    }

    [TestMethod]
    [DataRow("left==1.0", "requirements.txt(1,1): error CAP0053")]
    [DataRow("\nleft>=1.0 --hash=" + Hash, "requirements.txt(2,1): error CAP0053")]
    [DataRow("left==1.* --hash=" + Hash, "requirements.txt(1,1): error CAP0053")]
    [DataRow("left==1.0 --hash=md5:00", "requirements.txt(1,1): error CAP0053")]
    [DataRow("-r other.txt", "requirements.txt(1,1): error CAP0055")]
    [DataRow("--trusted-host example.com", "requirements.txt(1,1): error CAP0055")]
    [DataRow("-e .", "requirements.txt(1,1): error CAP0055")]
    public void ARequirementThatIsNotPinnedIsRefusedAtItsLine(string text, string line)
    {
        using var project = new CapsuleScenario(Tool, "main.py").With("requirements.txt", text);
        project.Says(line);
    }

    [TestMethod]
    [DataRow("{ git = \"https://example.com/left?rev=1#2\" }", "", "uv.lock(7,1): error CAP0054")]
    [DataRow("{ path = \"../left.whl\" }", "{ hash = \"" + Hash + "\" }", "uv.lock(9,19): error CAP0054")]
    [DataRow("{ path = \"nowhere.whl\" }", "{ hash = \"" + Hash + "\" }", "uv.lock(9,19): error CAP0054")]
    [DataRow("{ registry = \"https://example.com/simple\" }", "", "uv.lock(7,1): error CAP0053")]
    [DataRow("{ registry = \"https://example.com/simple\" }", "{ url = \"https://example.com/left.whl\" }", "uv.lock(7,1): error CAP0053")]
    public void ALockedPackageThatNoHashCoversIsRefused(string source, string wheel, string line)
    {
        using var project = new CapsuleScenario(Tool, "main.py").With("uv.lock", Lock(source, wheel));
        project.Says(line);
    }

    [TestMethod]
    public void ABrokenLockIsPlaced()
    {
        using var project = new CapsuleScenario(Tool, "main.py").With("uv.lock", "version = \n");
        Assert.AreEqual("uv.lock", Path.GetFileName(project.Compile().Diagnostics.Single().Span!.Value.File));
    }

    [TestMethod]
    public void ANativeTargetMayBeAPythonProgram()
    {
        using var project = new CapsuleScenario(Tool.Replace("\"python\"\nruntime_version = \"3.11\"", "\"native\"", StringComparison.Ordinal), "main.py", "uv.lock")
            .With("uv.lock", "version = 1\n");
        var process = project.Plans().Launch!.Cells.Single().Processes.Single();
        Assert.AreEqual(new ToolchainPlan("python"), process.Toolchain);
        Assert.AreEqual("python3 main.py --fast", string.Join(' ', process.Argv!));
    }

    private static string Lock(string source, string wheel) => $"""
        version = 1
        [[package]]
        name = "my-tool"
        source = {"{"} virtual = "." {"}"}
        dependencies = [{"{"} name = "left" {"}"}]
        [[package]]
        name = "left"
        version = "1.0"
        source = {source}
        wheels = [{wheel}]
        """;
}
