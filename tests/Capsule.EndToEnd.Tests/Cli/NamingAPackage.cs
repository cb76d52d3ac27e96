namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>What a verb says when the package that it was given is not one it can take.</summary>
[TestClass]
public sealed class NamingAPackage : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task ThatIsNowhere()
    {
        var tree = await _capsule.RunAsync("tree", "no such thing");

        Assert.AreEqual(4, tree.ExitCode, tree.All);
        StringAssert.Contains(tree.Error, "error CAP9103: 'no such thing' is no folder, file, published name or address.");
        Assert.AreEqual("", tree.Output);
    }

    [TestMethod]
    public async Task ThatIsNotInstalled()
    {
        var run = await _capsule.RunAsync("run", "acme/hello");

        Assert.AreEqual(4, run.ExitCode, run.All);
        StringAssert.Contains(run.Error, "error CAP4100: 'acme/hello' is not installed.");
        StringAssert.Contains(run.Error, "hint: Install it with 'capsule install acme/hello");
    }

    [TestMethod]
    public async Task ThatIsAFileOfSomethingElse()
    {
        _capsule.Write("hello.capakit", "not even a package");

        await _capsule.RefusesAsync(5, "CAP2113", "run", "hello.capakit");
    }

    [TestMethod]
    public async Task WithoutThePlanThatWasAskedFor()
    {
        Site.Write(_capsule, "site");

        var plan = await _capsule.RunAsync("plan", "site", "--kind", "test");

        Assert.AreEqual(1, plan.ExitCode, plan.All);
        StringAssert.Contains(plan.Error, "error CAP9105: The capsule 'site' has no test plan.");
    }
}
