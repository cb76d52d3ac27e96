using System.Globalization;
using Capsule.Core.Diagnostics;
using Capsule.Operations.Kits.Skills;
using Capsule.Operations.Running;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Testing;

namespace Capsule.Cli.Shell;

/// <summary>The voice of <c>capsule</c>: talk goes to stderr, and with --json only what a program can read does.</summary>
internal sealed class CapsuleVoice(Terminal terminal, bool json) : IVoice
{
    public void Say(string line)
    {
        if (!json)
        {
            terminal.Error.WriteLine(line);
        }
    }

    public void Tell(IReadOnlyList<Diagnostic> notes) => DiagnosticPrinter.Print(terminal, notes);

    public void Found(RunTarget target)
    {
        if (target.Foreign is { } stranger)
        {
            Say(TerminalText.Line($"from {stranger.Words}"));
        }
    }

    public void Log(LogLine line) => LogPrinter.Print(terminal, json, line);

    /// <summary>Results are what is asked for; <c>capsule logs</c> has the rest.</summary>
    public void LogOfTest(LogLine line)
    {
    }

    /// <summary>The log says where it listens.</summary>
    public void Started(RunTarget target, RunningPackage running)
    {
    }

    public void Skilled(InstalledSkill skill)
    {
        Say($"skill for {skill.Place.Provider}: {skill.Place.Folder}");
        foreach (var tool in skill.Tools)
        {
            Say(TerminalText.Line($"  {skill.Program} {tool.Name}"));
        }

        Say($"  files: {string.Join(", ", skill.Files.Select(Path.GetFileName))}; they are removed when this run ends");
    }

    public void Testing(RunTarget target, RunMode? mode)
    {
    }

    public void Reached(RunTarget target, TestStage stage)
    {
    }

    public void Tested(CaseResult result)
    {
        if (result.Outcome == TestOutcome.Skipped)
        {
            return;
        }

        Say(string.Create(CultureInfo.InvariantCulture, $"{result.Outcome.ToString().ToLowerInvariant(),-7} {result.Case.Id} ({result.Duration.TotalMilliseconds:F0} ms)"));
        foreach (var value in result.Verbose)
        {
            Say($"        {value}");
        }
    }
}
