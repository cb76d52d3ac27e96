using System.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Tests.Sandbox;

[TestClass]
public class RunningProcesses
{
    [TestMethod]
    public async Task PrintAndReturn()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var outcome = await cell.ShellAsync("echo out; echo err >&2; id -u; exit 5");
        Assert.AreEqual("out\n1000\n", outcome.Output);
        Assert.AreEqual("err\n", outcome.Error);
        Assert.AreEqual(5, outcome.ExitCode);
    }
}
