using System.Globalization;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Kits.Skills;
using Capsule.Operations.Running;
using Capsule.Operations.Sources;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Testing;

namespace Capsule.Cli.Capakit;

/// <summary>The voice of <c>capakit</c> (specs: kits 4): what a command is asked for goes to stdout; logs, notes and problems go to stderr.</summary>
internal sealed class CapakitVoice(Terminal terminal, CapakitSettings settings) : IVoice
{
    /// <summary>What starts the first cell of a run of which none is open yet.</summary>
    private const string Backend = "bubblewrap";

    private readonly CapakitPaint _out = new(settings.Theme, !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "");
    private readonly CapakitPaint _error = new(settings.Theme, terminal.Color);
    private readonly List<InstalledSkill> _skills = [];
    private readonly CapakitLog _log = new(terminal, settings);
    private RunMode? _mode;

    public void Say(string line)
    {
        if (!settings.Json)
        {
            terminal.Error.WriteLine(_error.Note(line));
        }
    }

    /// <summary>With JSON each is an object on a line of its own.</summary>
    public void Tell(IReadOnlyList<Diagnostic> notes)
    {
        foreach (var note in notes)
        {
            if (settings.Json)
            {
                terminal.Error.WriteLine(DiagnosticJson.Line(note));
            }
            else
            {
                var text = new DiagnosticText(terminal.Color && settings.Theme != "mono", Directory.GetCurrentDirectory()).Format(note);
                terminal.Error.Write(note.Severity switch { Severity.Error => _error.Fail(text), Severity.Warning => _error.Warn(text), _ => _error.Note(text) });
            }
        }
    }

    /// <summary>Told before anybody agrees to it; <see cref="Started"/> says it again.</summary>
    public void Found(RunTarget target)
    {
        if (target.Foreign is { } stranger)
        {
            Say(TerminalText.Line($"from {stranger.Words}"));
        }
    }

    public void Log(LogLine line) => _log.Print(line);

    /// <summary>A test is about its cases; the log is there for whoever asks for more.</summary>
    public void LogOfTest(LogLine line)
    {
        if (settings.Verbose || line.Denial is not null)
        {
            _log.Print(line);
        }
    }

    public void Started(RunTarget target, RunningPackage running)
    {
        var name = target.Compiled.Package.Name;
        var sandbox = running.Record.Enforcement.Values.FirstOrDefault()?.Backend ?? Backend;
        if (settings.Json)
        {
            var told = Describe(target, running, sandbox);
            told["skills"] = SkillOptions.Json(_skills);
            terminal.Out.WriteLine(told.ToJsonString(JsonText.Indented));
            return;
        }

        terminal.Out.WriteLine(_out.Done($"running {_out.Value(name)}"));
        terminal.Out.WriteLine(_out.Note($"sandbox {_out.Value(sandbox)}"));
        if (target.Foreign is { } stranger)
        {
            terminal.Out.WriteLine(_out.Note($"origin {_out.Value(OriginOf(stranger))}{(stranger.Commit is { } commit ? $" commit {_out.Value(commit)}" : "")}"));
        }

        foreach (var route in Routes(running))
        {
            terminal.Out.WriteLine(_out.Done($"{route.Protocol} {_out.Value(route.Prefix)} {_out.Value(Url(running, route))}"));
        }

        foreach (var skill in _skills)
        {
            terminal.Out.WriteLine(_out.Done($"skill {_out.Value(skill.Place.Provider)} {_out.Value(skill.Place.Folder)}"));
            foreach (var tool in skill.Tools)
            {
                terminal.Out.WriteLine(_out.Note($"{_out.Value(skill.Program)} {_out.Value(tool.Name)}"));
            }

            terminal.Out.WriteLine(_out.Note($"files {string.Join(" ", skill.Files.Select(f => _out.Value(Path.GetFileName(f))))}, removed when this run ends"));
        }

        terminal.Out.WriteLine(_out.Note("stop it with Ctrl-C"));
    }

    /// <summary>Told with the endpoints.</summary>
    public void Skilled(InstalledSkill skill) => _skills.Add(skill);

    public void Testing(RunTarget target, RunMode? mode)
    {
        _mode = mode;
        if (target.Compiled.Tests is { Cases.Count: > 0 } plan)
        {
            Print(_out.Note($"test manifest {_out.Value(plan.File)}, cases {_out.Value(Text(plan.Cases.Count))}"));
        }
    }

    public void Reached(RunTarget target, TestStage stage)
    {
        switch (stage)
        {
            case TestStage.Preparing:
                foreach (var process in (target.Compiled.Launch?.Cells ?? []).SelectMany(c => c.Processes).Where(p => p.Stage is ProcessStage.Prepare))
                {
                    Print(_out.Note($"prepare {_out.Value(process.Id.Split('/')[0])}: {_out.Value(process.Shell ?? string.Join(' ', process.Argv ?? []))}"));
                }

                break;
            case TestStage.Prepared when target.Compiled.Tests!.Cases.Count(c => c.Kind is TestKind.Exec) is > 0 and var preflight:
                Print(_out.Note($"exec preflight, cases {_out.Value(Text(preflight))}"));
                break;
            case TestStage.Ready:
                Print(_out.Done($"runtime ready, mode {_out.Value(_mode is RunMode.Source ? "source" : "managed")}"));
                break;
            case TestStage.Stopped:
                Print(_out.Note("runtime stopped"));
                break;
        }
    }

    public void Tested(CaseResult result)
    {
        if (result.Outcome is TestOutcome.Skipped)
        {
            return;
        }

        if (result.Access is { } access)
        {
            Print(_out.Note($"access {access.Method} {_out.Value(access.Path)}{(access.Tool is { } tool ? $" tool {_out.Value(tool)}" : "")}, status {_out.Value(Text(access.Status) ?? "none")}, outcome {_out.Value(result.Outcome.ToString().ToLowerInvariant())}"));
        }

        var title = result.Case.Id.Replace('-', ' ');
        Print(result.Outcome is TestOutcome.Passed ? _out.Done(title) : _out.Fail(title));
        foreach (var value in settings.Verbose ? result.Verbose : [])
        {
            Print($"    {TerminalText.Line($"{value}")}");
        }
    }

    private void Print(string line)
    {
        if (!settings.Json)
        {
            terminal.Out.WriteLine(line);
        }
    }

    /// <summary>An archive by its name, as the original has it.</summary>
    private static string OriginOf(ForeignPackage stranger) => stranger.IsFile ? Path.GetFileName(stranger.Name) : stranger.Name;

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<PublicRoute> Routes(RunningPackage running) => running.Routes.OrderBy(r => r.Prefix, StringComparer.Ordinal);

    private static string Url(RunningPackage running, PublicRoute route) => running.Address!.GetLeftPart(UriPartial.Authority) + route.Prefix;

    private static JsonObject Describe(RunTarget target, RunningPackage running, string sandbox) => new()
    {
        ["kit"] = target.Compiled.Package.Name,
        ["run"] = running.Id,
        ["sandbox"] = sandbox,
        ["origin"] = OriginJson.Of(target),
        ["endpoints"] = new JsonArray([.. Routes(running).Select(r => new JsonObject
        {
            ["protocol"] = r.Protocol,
            ["path"] = r.Prefix,
            ["url"] = Url(running, r),
            ["defaultMcp"] = r.DefaultMcp,
        })]),
    };
}
