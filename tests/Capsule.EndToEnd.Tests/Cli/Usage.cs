namespace Capsule.EndToEnd.Tests.Cli;

[TestClass]
public sealed class Usage : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task OfAnUnknownVerbExitsWithTwoAndOneCode()
    {
        var run = await _capsule.RunAsync("frobnicate");

        Assert.AreEqual(2, run.ExitCode);
        StringAssert.Contains(run.Error, "error CAP9100");
        Assert.AreEqual("", run.Output);
    }

    [TestMethod]
    public async Task IsExplainedByEachVerbWithAnExample()
    {
        var help = await _capsule.RunAsync("--help");
        var verbs = help.Output[help.Output.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Skip(1)
            .Where(l => l.StartsWith("  ", StringComparison.Ordinal) && l[2] != ' ')
            .Select(l => l.Trim().Split(' ')[0]).ToArray();
        Assert.IsTrue(verbs.Length > 10, help.Output);

        foreach (var verb in verbs)
        {
            var own = await _capsule.RunAsync(verb, "--help");
            Assert.AreEqual(0, own.ExitCode);
            StringAssert.Contains(own.Output, $"Example: capsule {verb}");
        }
    }

    [TestMethod]
    public async Task OfACodeIsExplained()
    {
        var explain = await _capsule.RunAsync("explain", "cap9100");
        Assert.AreEqual(0, explain.ExitCode);
        StringAssert.Contains(explain.Output, "CAP9100");

        var unknown = await _capsule.RunAsync("explain", "CAP0000");
        Assert.AreEqual(4, unknown.ExitCode);
        StringAssert.Contains(unknown.Error, "CAP9102");
    }
}
