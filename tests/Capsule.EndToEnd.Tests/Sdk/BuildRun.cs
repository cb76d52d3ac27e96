using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A finished run of the .NET CLI, and what a test may ask about it.</summary>
internal sealed record BuildRun(string[] Arguments, Command Command)
{
    private const string Skipped = "Skipping target \"{0}\" because";

    public string Output => Command.All;

    public BuildRun Succeeds()
    {
        Assert.AreEqual(0, Command.ExitCode, $"dotnet {string.Join(' ', Arguments)}\n{Output}");
        return this;
    }

    public BuildRun Fails()
    {
        Assert.AreNotEqual(0, Command.ExitCode, $"dotnet {string.Join(' ', Arguments)}\n{Output}");
        return this;
    }

    public BuildRun Says(string text)
    {
        StringAssert.Contains(Output, text);
        return this;
    }

    public BuildRun NeverSays(string text)
    {
        Assert.IsFalse(Output.Contains(text, StringComparison.Ordinal), $"'{text}' is in:\n{Output}");
        return this;
    }

    /// <summary>A target with outputs was up to date; needs <c>-v:n</c>.</summary>
    public BuildRun Skips(params string[] targets) => targets.Aggregate(this, (run, target) => run.Says(string.Format(null, Skipped, target)));

    /// <summary>A target with outputs did its work; needs <c>-v:n</c>.</summary>
    public BuildRun Runs(params string[] targets)
    {
        Succeeds();
        return targets.Aggregate(this, (run, target) => run.NeverSays(string.Format(null, Skipped, target)));
    }
}
