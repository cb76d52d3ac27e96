namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>Arguments and variables of <c>run</c> are checked before anything starts.</summary>
[TestClass]
public sealed class GivingToARun : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public GivingToARun()
    {
        Site.Write(_capsule, "site");
    }

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task ArgumentsToAServiceIsAnError()
    {
        var run = await _capsule.RunAsync("run", "site", "--", "--verbose");

        Assert.AreEqual(2, run.ExitCode, run.All);
        StringAssert.Contains(run.Error, "error CAP9108: 'site' is a service and takes no arguments.");
    }

    [TestMethod]
    [DataRow("1ST=x", "1ST")]
    [DataRow("=x", "")]
    [DataRow("A-B=x", "A-B")]
    [DataRow("LD PRELOAD", "LD PRELOAD")]
    public async Task AVariableWithoutAProperNameIsAnError(string entry, string name)
    {
        var run = await _capsule.RunAsync("run", "site", "--env", entry);

        Assert.AreEqual(2, run.ExitCode, run.All);
        StringAssert.Contains(run.Error, $"error CAP9109: '{name}' is no name of a variable.");
    }

    [TestMethod]
    public async Task AVariableThatIsNotSetIsAnError()
    {
        var run = await _capsule.RunAsync("run", "site", "--env", "CAPSULE_TEST_UNSET");

        Assert.AreEqual(8, run.ExitCode, run.All);
        StringAssert.Contains(run.Error, "error CAP9110: The variable 'CAPSULE_TEST_UNSET'");
    }

    [TestMethod]
    public async Task ChoicesAreShownByThePlan()
    {
        StringAssert.Contains(await _capsule.DoAsync("plan", "site", "--json"), "\"strictLimits\": false");
        StringAssert.Contains(await _capsule.DoAsync("plan", "site", "--strict-limits", "--json"), "\"strictLimits\": true");
    }
}
