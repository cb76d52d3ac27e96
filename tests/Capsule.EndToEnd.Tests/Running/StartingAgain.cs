using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary><c>capsule run --restart</c>: a service that ends comes back at the same address, until it has failed too often.</summary>
[TestClass]
public sealed class StartingAgain : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task AServiceThatIsKilledComesBackAndCtrlCEndsTheWait()
    {
        _capsule.Write("app/capsule.toml", Programs.Native("serve.pl", "port = 4000"));
        _capsule.Write("app/serve.pl", Programs.PerlServer);
        using var runner = _capsule.Start("run", "app", "--port", "0", "--restart", "on-failure");
        using var run = await RunningRun.OfAsync(_capsule, runner);
        var left = Leftovers.Of(_capsule, runner.Id, run.Address.Port);
        var first = Kill(run);
        await runner.UntilPrintedAsync("tool/service is started again in 0.5 s (attempt 1 of 5): it ended by itself with exit code 137");
        for (var end = DateTime.UtcNow.AddSeconds(60); Pid(run) == first || runner.All.Split("tool/service is ready").Length < 3; await Task.Delay(20))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, runner.All);
        }

        Assert.AreEqual("shell", await run.GetAsync("/"));
        var listed = JsonNode.Parse(await _capsule.DoAsync("ps", "--json"))!["data"]!.AsArray().Single()!;
        Assert.AreEqual(1, listed["restarts"]!.GetValue<int>());
        StringAssert.Contains(await _capsule.DoAsync("ps"), "(services started again: 1)");

        Kill(run);
        await runner.UntilPrintedAsync("tool/service is started again in 1 s (attempt 2 of 5)");
        runner.Signal(LiveProgram.Interrupt);
        Assert.AreEqual(130, (await runner.EndAsync()).ExitCode, runner.All);
        await left.AreGoneAsync();
    }

    [TestMethod]
    public async Task OneThatFailsTooOftenEndsTheRunAndNothingIsLeft()
    {
        _capsule.Write("app/capsule.toml", Programs.Native("serve.pl", "port = 4000"));
        _capsule.Write("app/serve.pl", "#!/usr/bin/perl\nprint STDERR \"no model here\\n\"; exit 3;\n");
        var run = await _capsule.RunAsync("run", "app", "--port", "0", "--restart", "always:2");
        Assert.AreEqual(6, run.ExitCode, run.All);
        CollectionAssert.AreEqual(new[] { "CAP5404" }, run.Errors().ToArray(), run.All);
        StringAssert.Contains(run.Error, "tool/service is started again in 1 s (attempt 2 of 2): CAP5404");
        StringAssert.Contains(run.Error, "tool/service is not started again: attempt 2 of 2 was the last");
        Assert.AreEqual(3, run.Error.Split("[tool/service] no model here").Length - 1, run.All);

        foreach (var wrong in new[] { "sometimes", "on-failure:0", "never:3", "always:x" })
        {
            StringAssert.Contains((await _capsule.RefusesAsync(2, "CAP9100", "run", "app", "--restart", wrong)).Error, "on-failure:3");
        }
    }

    private static int Pid(RunningRun run) => run.Record["processes"]!.AsArray().Single()!["pid"]!.GetValue<int>();

    private static int Kill(RunningRun run)
    {
        var pid = Pid(run);
        Assert.AreEqual(0, LiveProgram.Send(pid, LiveProgram.Kill));
        return pid;
    }
}
