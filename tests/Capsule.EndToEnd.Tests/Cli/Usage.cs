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
    [DataRow("99999")]
    [DataRow("abc")]
    [DataRow("-1")]
    public async Task OfANumberThatIsNoPortStartsNothing(string port)
    {
        _capsule.Write("app/capsule.toml", Running.Programs.Site());
        _capsule.Write("app/site/index.html", "<!doctype html>");

        var run = await _capsule.RefusesAsync(2, "CAP9100", "run", "app", "--port", port);

        StringAssert.Contains(run.Error, "0 to 65535");
        Assert.AreEqual("", await _capsule.DoAsync("ps", "--all"));
    }

    [TestMethod]
    [DataRow("run", "--ready-timeout", "0")]
    [DataRow("test", "--ready-timeout", "3601")]
    [DataRow("test", "--timeout", "-1")]
    public async Task OfANumberThatIsNoTimeStartsNothing(string verb, string option, string value)
    {
        StringAssert.Contains((await _capsule.RefusesAsync(2, "CAP9100", verb, option, value)).Error, $"'{value}' is not a time: write whole seconds from 1 to ");
    }

    [TestMethod]
    [DataRow("capsule-tree/1:0123")]
    [DataRow("sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task OfATextThatIsNoIdentityChecksNothing(string identity)
    {
        var run = await _capsule.RefusesAsync(2, "CAP9100", "verify", "gone.capsule", "--identity", identity);

        StringAssert.Contains(run.Error, $"'{identity}' is not an identity");
    }

    [TestMethod]
    [DataRow(8, "CAP2300", "--version", "1.0.0")]
    [DataRow(8, "CAP2301", "--publisher", "acme")]
    [DataRow(1, "CAP2302", "--publisher", "A B", "--version", "1.0.0")]
    [DataRow(1, "CAP2303", "--publisher", "acme", "--version", "one")]
    public async Task OfANameThatNoFeedTakesWritesNothing(int exit, string code, params string[] names)
    {
        _capsule.Write("kit/capability.yml", Running.Programs.Kit());
        _capsule.Write("kit/workloads/hello/index.ts", "");

        await _capsule.RefusesAsync(exit, code, ["pack", "kit", "-o", _capsule["out"], .. names]);

        Assert.IsFalse(Directory.Exists(_capsule["out"]));
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
