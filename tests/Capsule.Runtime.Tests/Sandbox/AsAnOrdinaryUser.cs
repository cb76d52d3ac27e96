using Capsule.Tests;

namespace Capsule.Runtime.Tests.Sandbox;

/// <summary>The tests of this folder, and those of calls between cells, once more, under another user than root.</summary>
[TestClass]
public class AsAnOrdinaryUser
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [TestMethod]
    public async Task EveryTestOfTheSandboxPasses()
    {
        if (Environment.UserName != "root")
        {
            Assert.AreNotEqual(0, FileStatusOfOwnProcess(), "an ordinary user runs these tests already");
            return;
        }

        // Where that user may read: the checkout may lie in a closed home.
        using var folder = new TemporaryFolder();
        var programs = AppContext.BaseDirectory.TrimEnd('/');
        var output = Path.GetDirectoryName(Path.GetDirectoryName(programs)!)!;
        var configuration = Path.GetFileName(programs);
        foreach (var project in new[] { "Capsule.Runtime.Tests", "SandboxProbe" })
        {
            Directory.CreateDirectory(folder[project]);
            await Succeeds("/bin/cp", "-r", Path.Combine(output, project, configuration), folder[project]);
        }

        await Succeeds("/bin/cp", SandboxScene.InitPath, folder["capsule-init"]);
        Directory.CreateDirectory(folder["home"]);
        await Succeeds("/bin/chmod", "-R", "a+rX", folder.Path);
        await Succeeds("/bin/chmod", "1777", folder["home"]);
        var outcome = await Command.RunAsync(
            "/usr/bin/setpriv",
            [
                "--reuid=61301", "--regid=61301", "--clear-groups", folder["Capsule.Runtime.Tests", configuration, "Capsule.Runtime.Tests"],
                "--results-directory", folder["home"], "--filter", "FullyQualifiedName~Runtime.Tests.Sandbox|FullyQualifiedName~CallingPeers",
            ],
            folder["home"],
            new Dictionary<string, string?> { ["HOME"] = folder["home"], ["CAPSULE_TEST_INIT"] = folder["capsule-init"] },
            Patience);
        Assert.AreEqual(0, outcome.ExitCode, outcome.All);
        Assert.Contains("skipped: 0", outcome.Output);
    }

    private static int FileStatusOfOwnProcess() => Capsule.Runtime.Sandbox.FileStatus.Of("/proc/self/status")!.Value.Uid;

    private static async Task Succeeds(string program, params string[] arguments)
    {
        var outcome = await Command.RunAsync(program, arguments);
        Assert.AreEqual(0, outcome.ExitCode, outcome.All);
    }
}
