using Capsule.Core.Plans;
using Capsule.Families.Capsules.Programs;

namespace Capsule.Families.Tests.Capsules;

[TestClass]
public class NativeTargets
{
    private const string Tool = """
        schema_version = "0.2"
        name = "my-tool"
        version = "1.0.0"
        type = "tool"
        default_target = "cli"

        [targets.cli]
        runtime = "source"
        driver = "native"
        entrypoint = "run.sh"
        cmd = ["--fast", "two words"]
        """;

    [TestMethod]
    [DataRow("#!/bin/sh\necho hi\n", "/app/run.sh")]
    [DataRow("echo hi\n", "/bin/sh /app/run.sh")]
    public void AScriptIsStartedByWhatItsFirstLineNamesElseByTheShell(string script, string start)
    {
        using var project = new CapsuleScenario(Tool).With("run.sh", script);
        var package = project.Plans();
        var process = package.Launch!.Cells.Single().Processes.Single();
        Assert.AreEqual($"{start} --fast two words", string.Join(' ', process.Argv!));
        Assert.AreEqual(("cli/task", ProcessStage.Task, NetworkMode.None, "/app"), (process.Id, process.Stage, process.Network.Mode, process.Cwd));
        Assert.IsNull(process.Toolchain);
        Assert.IsEmpty(package.Toolchains);
        Assert.AreEqual(new LaunchRequirements(), package.Launch.Requires);
        Assert.AreEqual(script[0] == '#', package.Pack.Entries.Single(e => e.Path == "run.sh").Executable);
    }

    [TestMethod]
    public void AServerListensOnItsPort()
    {
        using var project = new CapsuleScenario(Tool + "\nport = 4000").With("run.sh", "#!/bin/sh\n");
        var process = project.Plans().Launch!.Cells.Single().Processes.Single();
        Assert.AreEqual(("cli/service", NetworkMode.Loopback, "4000"), (process.Id, process.Network.Mode, process.Env["PORT"]));
    }

    [TestMethod]
    public void AProgramSaysWhatItNeedsOfTheMachine()
    {
        using var project = new CapsuleScenario(Tool.Replace("run.sh", "tool", StringComparison.Ordinal));
        File.Copy("/bin/true", Path.Combine(project.Folder, "tool"));
        var launch = project.Plans().Launch!;
        Assert.AreEqual("/app/tool", launch.Cells.Single().Processes.Single().Argv![0]);
        Assert.AreEqual(System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(), launch.Requires.Machine);
        Assert.IsTrue(File.Exists(launch.Requires.Loader), launch.Requires.Loader);
        Assert.IsGreaterThanOrEqualTo(new Version(2, 2), Version.Parse(launch.Requires.Glibc!));
    }

    [TestMethod]
    [DataRow("tool", "just text\n", "capsule.toml(10,14): error CAP0051")]
    [DataRow("tool", "", "capsule.toml(10,14): error CAP0051")]
    [DataRow("tool", "\u007fELF is not enough", "capsule.toml(10,14): error CAP0051")]
    public void WhatCannotBeStartedIsRefused(string name, string content, string line)
    {
        using var project = new CapsuleScenario(Tool.Replace("run.sh", name, StringComparison.Ordinal)).With(name, content);
        project.Says(line);
    }

    [TestMethod]
    public void AProgramOfAnotherSystemIsPackedButNotRun()
    {
        using var project = new CapsuleScenario(Tool.Replace("run.sh", "tool.exe", StringComparison.Ordinal)).With("tool.exe", "MZ\0\0");
        CollectionAssert.AreEqual(new[] { "capsule.toml(10,14): error CAP5973" }, CapsuleScenario.Lines(project.Plans().LaunchNotYet));
    }

    [TestMethod]
    public void ADamagedProgramGivesAnAnswerAndNeverAnException()
    {
        using var folder = new Capsule.Tests.TemporaryFolder();
        var whole = File.ReadAllBytes("/bin/true");
        Assert.IsNotNull(ElfProgram.Read("/bin/true")!.Glibc);
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var damaged = whole.AsSpan(0, i % 3 == 0 ? random.Next(whole.Length) : whole.Length).ToArray();
            for (var n = 0; n < 8 && damaged.Length > 0; n++)
            {
                damaged[random.Next(Math.Min(damaged.Length, 4096))] = (byte)random.Next(256);
            }

            var file = folder["damaged"];
            File.WriteAllBytes(file, damaged);
            _ = ElfProgram.Read(file);
        }
    }
}
