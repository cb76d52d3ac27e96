using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Repository;

/// <summary>Scripts that no other test runs to their end can at least be read by bash.</summary>
[TestClass]
public class ShellScripts
{
    [TestMethod]
    public async Task AreReadByBash()
    {
        var scripts = (await TrackedFiles.ReadTextsAsync()).Where(f => IsScript(f.Path, f.Text)).Select(f => f.Path).ToArray();
        Assert.IsTrue(scripts.Contains("tests/Benchmarks/run") && scripts.Contains("tests/Benchmarks/builds.sh") && scripts.Contains("build/pack"), string.Join(' ', scripts));

        var wrong = new List<string>();
        foreach (var script in scripts)
        {
            var bash = await Command.RunAsync("bash", ["-n", script], Checkout.Root);
            if (bash.ExitCode != 0)
            {
                wrong.Add(bash.Error);
            }
        }

        Assert.AreEqual("", string.Join('\n', wrong));
    }

    [TestMethod]
    [DataRow("many", "'many' is not a number of rounds")]
    [DataRow("0", "'0' is not a number of rounds")]
    [DataRow("1 start nothing", "there is no part 'nothing'")]
    public async Task BenchmarksRefuseWhatTheyDoNotKnow(string arguments, string message)
    {
        var run = await Command.RunAsync("bash", [Checkout.File("tests/Benchmarks/run"), .. arguments.Split(' ')], Checkout.Root);
        Assert.AreEqual(2, run.ExitCode, run.All);
        Assert.AreEqual($"benchmarks: {message}\n", run.All);
    }

    private static bool IsScript(string path, string text) =>
        path.EndsWith(".sh", StringComparison.Ordinal) ||
        text.Split('\n')[0] is "#!/bin/sh" or "#!/usr/bin/env bash" or "#!/bin/bash";
}
