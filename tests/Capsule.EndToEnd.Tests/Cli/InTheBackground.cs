namespace Capsule.EndToEnd.Tests.Cli;

[TestClass]
public sealed class InTheBackground : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task ARunLetsGoOfItsCallersPipes()
    {
        Site.Write(_capsule, "site");

        // Both pipes are read to their end, which comes only when nobody holds them any more.
        var started = await _capsule.RunAsync("run", "site", "--detach", "--port", "0").WaitAsync(TimeSpan.FromMinutes(2));
        var stopped = await _capsule.RunAsync("stop", "site");

        Assert.AreEqual(0, started.ExitCode, started.All);
        StringAssert.Contains(started.Output, " http://127.0.0.1:");
        Assert.AreEqual(0, stopped.ExitCode, stopped.All);
    }
}
