using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>Programs and machines that fail on the way to running: one coded error each, and nothing is left.</summary>
[TestClass]
public sealed class FailingToStart
{
    [TestMethod]
    public async Task AProgramThatNeverGetsReadyIsStopped()
    {
        using var capsule = await NodeAsync("console.log('thinking hard'); setInterval(() => {}, 1000);", "startup_timeout = 2");

        var run = await FailsAsync(capsule, 6, "CAP5403");

        StringAssert.Contains(run, "within 2 s");
        StringAssert.Contains(run, "thinking hard");
    }

    /// <summary>Its 120 seconds are the format's own; a user may give it less, or more.</summary>
    [TestMethod]
    public async Task AKitWorkloadThatNeverGetsReadyIsStopped()
    {
        using var capsule = await new CapsuleProgram().HoldingAsync("bun");
        capsule.Write("app/capability.yml", Programs.Kit());
        capsule.Write("app/workloads/hello/index.ts", "Bun.spawn(['sleep', '1000']); console.log('thinking hard'); setInterval(() => {}, 1000);");
        using var runner = capsule.Start("run", "app", "--port", "0", "--ready-timeout", "3");
        await runner.UntilPrintedAsync("thinking hard");
        var left = Leftovers.Of(capsule, runner.Id);
        Assert.AreEqual(1, left.Sandboxes, "it runs confined");

        var end = await runner.EndAsync();

        Assert.AreEqual(6, end.ExitCode, end.All);
        CollectionAssert.AreEqual(new[] { "CAP5403" }, end.Errors().ToArray(), end.All);
        StringAssert.Contains(end.Error, "'hello/start' was not ready within 3 s.");
        Assert.IsFalse(end.All.Contains("listening on", StringComparison.Ordinal), "no address is given for what does not answer");
        await left.AreGoneAsync();
        await NothingIsLeftAsync(capsule);
    }

    [TestMethod]
    public async Task AProgramThatExitsEarlyTellsItsCodeAndLastLines()
    {
        using var capsule = await NodeAsync("console.error('no model here'); process.exit(3);");

        var run = await FailsAsync(capsule, 6, "CAP5404");

        StringAssert.Contains(run, "exit code 3");
        StringAssert.Contains(run[run.IndexOf("error CAP", StringComparison.Ordinal)..], "no model here");
    }

    [TestMethod]
    public async Task AServiceThatEndsByItselfEndsTheRun()
    {
        using var capsule = await NodeAsync("""
            import { createServer } from "node:http";
            createServer((q, a) => a.end("hi")).listen(Number(process.env.PORT), "127.0.0.1");
            setTimeout(() => { console.error("out of ideas"); process.exit(4); }, 3000);
            """);
        using var runner = capsule.Start("run", "app", "--port", "0");
        await runner.UntilPrintedAsync("listening on ");
        var left = Leftovers.Of(capsule, runner.Id);

        var end = await runner.EndAsync();

        Assert.AreEqual(6, end.ExitCode, end.All);
        CollectionAssert.AreEqual(new[] { "CAP5406" }, end.Errors().ToArray());
        StringAssert.Contains(end.Error, "out of ideas");
        await left.AreGoneAsync();
    }

    [TestMethod]
    public async Task AMissingToolchainWithoutANetworkIsOneError()
    {
        using var capsule = new CapsuleProgram { Environment = { ["npm_config_registry"] = "http://127.0.0.1:9/" } };
        capsule.Write("app/capsule.toml", Programs.Node());
        capsule.Write("app/server.mjs", "");

        await FailsAsync(capsule, 3, "CAP5204");

        Assert.IsEmpty(Sharing.Release.Listing(Path.Combine(capsule.Home, "toolchains")).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)));
    }

    private static async Task<CapsuleProgram> NodeAsync(string program, string more = "")
    {
        var capsule = await new CapsuleProgram().HoldingAsync("node@20.11.0");
        capsule.Write("app/capsule.toml", Programs.Node(more));
        capsule.Write("app/server.mjs", program);
        return capsule;
    }

    private static async Task<string> FailsAsync(CapsuleProgram capsule, int exit, string code)
    {
        var run = await capsule.RefusesAsync(exit, code, "run", "app", "--port", "0");
        Assert.HasCount(1, run.Errors(), run.All);
        await NothingIsLeftAsync(capsule);
        return run.Error;
    }

    private static async Task NothingIsLeftAsync(CapsuleProgram capsule)
    {
        Assert.AreEqual("", await capsule.DoAsync("ps"));
        StringAssert.Contains(await capsule.DoAsync("ps", "--all"), "failed");
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(capsule.Home, "runs")))
        {
            Assert.IsEmpty(Leftovers.In(folder), folder);
        }
    }
}
