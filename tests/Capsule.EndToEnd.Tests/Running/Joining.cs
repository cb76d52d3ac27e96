using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>capsule exec: a program beside the processes of a run that lives.</summary>
[TestClass]
public sealed class Joining : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task ACommandRunsBesideALivingRunAndNotBesideAnEndedOne()
    {
        _capsule.Write("app/capsule.toml", Programs.Native("serve.pl", "port = 4000"));
        _capsule.Write("app/serve.pl", Programs.PerlServer);
        using var run = await RunningRun.DetachAsync(_capsule, "app");

        var copied = await Command.RunAsync(
            "dotnet", [CapsuleProgram.Program, "exec", "fixture", "--", "sh", "-c", "cat; id -u; ls /app >&2; exit 5"], _capsule.Folder, _capsule.Variables(), input: "from outside\n");
        Assert.AreEqual(5, copied.ExitCode, copied.All);
        Assert.AreEqual("from outside\n1000\n", copied.Output);
        Assert.AreEqual("capsule.toml\nserve.pl\n", copied.Error);

        using (var waiting = _capsule.Start("exec", run.Id, "--process", "tool", "--", "sh", "-c", "trap 'echo asked to end; exit 0' INT; echo busy; while true; do sleep 0.1; done"))
        {
            await waiting.UntilPrintedAsync("busy");
            waiting.Signal(LiveProgram.Interrupt);
            var end = await waiting.EndAsync();
            Assert.AreEqual(130, end.ExitCode, end.All);
            StringAssert.Contains(end.Output, "asked to end");
        }

        using (var killed = _capsule.Start("exec", run.Id, "--", "sh", "-c", "echo busy; exec sleep 4321"))
        {
            await killed.UntilPrintedAsync("busy");
            killed.Signal(LiveProgram.Kill);
            await killed.EndAsync();
        }

        Assert.AreEqual("shell", await run.GetAsync("/"), "the run goes on");
        var json = JsonNode.Parse(await _capsule.DoAsync("exec", "fixture", "--json", "--", "sh", "-c", "ps -A -o args= | grep -c '[s]leep 4321' >&2; true"))!;
        Assert.AreEqual(run.Id, (string?)json["data"]!["run"]);
        Assert.AreEqual(0, (int)json["data"]!["exit"]!);
        var unknown = await _capsule.RefusesAsync(4, "CAP5453", "exec", "fixture", "--process", "other", "--", "true");
        StringAssert.Contains(unknown.Error, "tool/");
        await _capsule.DoAsync("stop", run.Id);
        await _capsule.RefusesAsync(4, "CAP5450", "exec", "fixture", "--", "true");
        Assert.AreEqual(2, (await _capsule.RunAsync("exec", "fixture")).ExitCode, "a command is needed");
    }

    [TestMethod]
    public async Task ASiteOfFilesHasNoProcessToJoin()
    {
        Site.Write(_capsule, "site");
        using var run = await RunningRun.DetachAsync(_capsule, "site");
        var refused = await _capsule.RefusesAsync(9, "CAP5451", "exec", run.Id, "--", "true");
        StringAssert.Contains(refused.Error, "it has no process of its own");
        await _capsule.DoAsync("stop", run.Id);
    }
}
