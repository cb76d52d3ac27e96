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
        Assert.AreEqual("", await capsule.DoAsync("ps"));
        StringAssert.Contains(await capsule.DoAsync("ps", "--all"), "failed");
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(capsule.Home, "runs")))
        {
            Assert.IsEmpty(Leftovers.In(folder), folder);
        }

        return run.Error;
    }
}
