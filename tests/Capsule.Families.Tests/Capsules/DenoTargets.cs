using Capsule.Core.Plans;

namespace Capsule.Families.Tests.Capsules;

[TestClass]
public class DenoTargets
{
    private const string Locked = """{"version":"4","specifiers":{"npm:left@1":"1.0.0"},"npm":{"left@1.0.0":{"integrity":"sha512-x"}}}""";

    private const string Tool = """
        schema_version = "0.2"
        name = "my-tool"
        version = "1.0.0"
        type = "tool"
        default_target = "cli"

        [targets.cli]
        runtime = "source"
        driver = "deno"
        runtime_version = "1.46.3"
        entrypoint = "main.ts"
        cmd = ["--fast"]
        """;

    [TestMethod]
    public void WithoutAPortItMayReadItsFilesAndReachNothing()
    {
        using var project = new CapsuleScenario(Tool, "main.ts");
        var package = project.Plans();
        var process = package.Launch!.Cells.Single().Processes.Single();
        Assert.AreEqual(new ToolchainPlan("deno", "1.46.3"), process.Toolchain);
        CollectionAssert.AreEqual(new[] { process.Toolchain }, package.Toolchains.ToArray());
        Assert.AreEqual(
            "deno run --no-prompt --cached-only --no-lock --allow-env --allow-sys --allow-read=/app,/home/capsule,/var/cache/capsule,/tmp "
            + "--allow-write=/home/capsule,/var/cache/capsule,/tmp --deny-write=/var/cache/capsule/deno /app/main.ts --fast",
            string.Join(' ', process.Argv!));
        Assert.AreEqual((NetworkMode.None, "1"), (process.Network.Mode, process.Env["DENO_NO_UPDATE_CHECK"]));
    }

    [TestMethod]
    [DataRow("source")]
    [DataRow("web")]
    public void AServerListensOnLoopback(string runtime)
    {
        using var project = new CapsuleScenario(Tool.Replace("\"source\"", $"\"{runtime}\"", StringComparison.Ordinal) + "\nport = 4000", "main.ts");
        var process = project.Plans().Launch!.Cells.Single().Processes.Single();
        Assert.AreEqual((ProcessStage.Service, NetworkMode.Loopback, "4000"), (process.Stage, process.Network.Mode, process.Env["PORT"]));
        CollectionAssert.Contains(process.Argv!.ToArray(), "--allow-net=127.0.0.1,localhost,0.0.0.0,[::1],[::]");
    }

    [TestMethod]
    public void WhatALockNamesIsFetchedBeforeTheStart()
    {
        using var project = new CapsuleScenario(Tool, "main.ts").With("deno.lock", Locked);
        var processes = project.Plans().Launch!.Cells.Single().Processes;
        Assert.AreEqual("deno cache --lock=/app/deno.lock --frozen /app/main.ts", string.Join(' ', processes[0].Argv!));
        Assert.AreEqual(("cli/prepare", NetworkMode.Full), (processes[0].Id, processes[0].Network.Mode));
        Assert.AreEqual("cli/task", processes[1].Id);
        CollectionAssert.IsSubsetOf(new[] { "--cached-only", "--lock=/app/deno.lock", "--frozen" }, processes[1].Argv!.ToArray());
        Assert.AreEqual(NetworkMode.None, processes[1].Network.Mode);
    }

    [TestMethod]
    [DataRow("""{"version":"4"}""", 1)]
    [DataRow("""{"version":"4","specifiers":{},"workspace":{"dependencies":[]}}""", 1)]
    [DataRow("""{"version":"3","remote":{"https://example.com/mod.ts":"00"}}""", 2)]
    [DataRow("""{"version":"3","packages":{"specifiers":{"jsr:@std/path@1":"jsr:@std/path@1.0.0"}},"remote":{}}""", 2)]
    public void ALockWithoutPackagesFetchesNothing(string text, int processes)
    {
        using var project = new CapsuleScenario(Tool, "main.ts").With("deno.lock", text);
        Assert.HasCount(processes, project.Plans().Launch!.Cells.Single().Processes);
    }

    [TestMethod]
    public void AnAllowListIsLeftToTheCell()
    {
        using var project = new CapsuleScenario(Tool + "\n[network]\negress_allow = [\"*.example.com\"]\n", "main.ts");
        var process = project.Plans().Launch!.Cells.Single().Processes.Single();
        Assert.AreEqual(NetworkMode.Egress, process.Network.Mode);
        CollectionAssert.Contains(process.Argv!.ToArray(), "--allow-net");
    }

    [TestMethod]
    public void TheAuthorsOwnCommandIsKeptAsItIs()
    {
        using var project = new CapsuleScenario(
            Tool.Replace("driver = \"deno\"\nruntime_version = \"1.46.3\"\n", "", StringComparison.Ordinal)
                .Replace("[\"--fast\"]", "[\"deno\", \"run\", \"--allow-run\", \"main.ts\"]", StringComparison.Ordinal),
            "main.ts");
        Assert.AreEqual("deno run --allow-run main.ts", string.Join(' ', project.Plans().Launch!.Cells.Single().Processes.Single().Argv!));
    }

    [TestMethod]
    public void ImportsFromElsewhereNeedALock()
    {
        using var project = new CapsuleScenario(Tool, "main.ts").With("deno.json", "{\n  \"imports\": {\n    \"own\": \"./own.ts\",\n    \"left\": \"npm:left@1\"\n  }\n}\n");
        project.Says("deno.json(4,5): error CAP0056");
        project.With("deno.json", """{"imports":{"own":"./own.ts"}}""").Says();
    }

    [TestMethod]
    [DataRow("not json")]
    [DataRow("[]")]
    public void ABrokenLockIsNamed(string text)
    {
        using var project = new CapsuleScenario(Tool, "main.ts").With("deno.lock", text);
        project.Says("deno.lock(1,1): error CAP0057");
    }

    [TestMethod]
    public void ALockThatIsTooLargeTooDeepOrNoFileIsNamed()
    {
        using var project = new CapsuleScenario(Tool, "main.ts").With("deno.lock", """{"version":"4","npm":""" + new string('[', 40) + new string(']', 40) + "}");
        project.Says("deno.lock(1,1): error CAP0057");
        var file = Path.Combine(project.Folder, "deno.lock");
        using (var large = File.OpenWrite(file))
        {
            large.SetLength((16 << 20) + 1);
        }

        project.Says("deno.lock(1,1): error CAP0057");
        if (!OperatingSystem.IsWindows())
        {
            // Nobody writes to it: whoever opened it would wait for ever.
            File.Delete(file);
            using var made = System.Diagnostics.Process.Start("mkfifo", [file]);
            made.WaitForExit();
            project.Says("deno.lock(1,1): error CAP0057");
        }
    }
}
