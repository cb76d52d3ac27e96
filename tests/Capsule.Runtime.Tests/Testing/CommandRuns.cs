using Capsule.Runtime.Testing;

namespace Capsule.Runtime.Tests.Testing;

[TestClass]
public sealed class CommandRuns
{
    [TestMethod]
    public async Task SayWhereTheyRan()
    {
        var one = Cases.Command("true", "$.exit_code.eq(0)", "$.target_count.eq(1)", "$.targets[0].workload.eq(hello)", "$.targets[0].variant.eq(default)",
            "$.targets[0].artifact_root.eq(/app)", "$.targets[0].command_root.eq(/app/tests)");
        (await one.RunAsync(new ShellPackage())).Passes();
        (await (one with { Shell = null, Argv = ["test", "a b", "=", "a b"], Validations = [] }).RunAsync(new ShellPackage())).Passes();
        (await (one with { Variant = "small", Validations = [new("$.targets[0].variant.eq(small)", Cases.Place)] }).RunAsync(new ShellPackage())).Passes();
    }

    [TestMethod]
    public async Task FailWithTheirLastLines()
    {
        var result = await Cases.Command("seq 1 100; printf 'bad \\033[31mthing\\n' >&2; exit 3", "$.exit_code.eq(3)").RunAsync(new ShellPackage());
        var problem = result.Fails("CAP6008");
        StringAssert.StartsWith(problem.Message, "The command ended with exit code 3.\n  | 81\n");
        StringAssert.EndsWith(problem.Message, "  | 100\n  | bad \uFFFD[31mthing");
    }

    [TestMethod]
    public async Task EndAtTheirTimeLimitAndLeaveNoProcess()
    {
        var package = new ShellPackage();
        (await Cases.Command("sleep 600").RunAsync(package, seconds: 0.5)).Fails("CAP6002");
        Assert.IsFalse(Directory.Exists($"/proc/{package.LastProcess}"));
    }

    [TestMethod]
    public async Task EndWhenCancelledAndLeaveNoProcess()
    {
        var package = new ShellPackage();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        await Assert.ThrowsAsync<OperationCanceledException>(() => Cases.Command("sleep 600").RunAsync(package, cancel: stop.Token));
        Assert.IsFalse(Directory.Exists($"/proc/{package.LastProcess}"));
    }

    [TestMethod]
    public async Task AreUnusableWithoutACommand()
    {
        var result = await (Cases.Command("true") with { Shell = null }).RunAsync(new ShellPackage());
        Assert.AreEqual(TestOutcome.Error, result.Outcome);
        Assert.AreEqual("CAP6009", result.Diagnostics.Single().Code);
    }
}
