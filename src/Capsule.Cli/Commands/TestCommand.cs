using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Operations.Running;
using Capsule.Operations.Testing;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Testing;
using Capsule.Runtime.Testing.Reports;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule test PACKAGE</c>: the cases a package brings, against the running package.</summary>
internal static class TestCommand
{
    public static Command Make()
    {
        var options = new TestOptions();
        return Verb.Define("test", "Runs a package's own test cases against it, in the sandbox.\n\nExample: capsule test ./my-kit", options.Symbols,
            (context, cancel) => RunAsync(context, options, context.Get(options.Package), cancel));
    }

    /// <summary>Puts the cases of a package to it.</summary>
    internal static async Task<Answer> RunAsync(VerbContext context, TestOptions options, string package, CancellationToken cancel)
    {
        var found = await RunTarget.FindAsync(context, package, options.Selection.Read(context), context.Get(options.Locked), cancel);
        if (!found.Succeeded)
        {
            return Answer.Failed(found.Diagnostics);
        }

        context.Voice.Tell(found.Diagnostics);
        context.Voice.Found(found.Value);
        SkillOptions.Sweep(context);
        var (trxFile, junitFile) = (FileOf(context, options.Trx), FileOf(context, options.JUnit));
        if (new[] { trxFile, junitFile }.OfType<string>().SelectMany(TrxName.Check).ToArray() is { Length: > 0 } unwritable)
        {
            return Answer.Failed(unwritable);
        }

        var grants = options.Grants.Read(context, found.Value.Compiled.Launch, found.Value.Folder);
        if (!grants.Succeeded)
        {
            return Answer.Failed(grants.Diagnostics);
        }

        if (options.Consent.Check(context, found.Value, grants.Value) is { Count: > 0 } refused)
        {
            return Answer.Failed(refused);
        }

        var secrets = options.Secrets.Read(context, cancel);
        if (!secrets.Succeeded)
        {
            return Answer.Failed(secrets.Diagnostics);
        }

        var started = DateTimeOffset.UtcNow;
        var mode = options.Mode.Read(context) ?? (found.Value.IsManaged ? null : (RunMode?)RunMode.Managed);
        context.Voice.Testing(found.Value, mode);
        await using var sandbox = new BubblewrapSandbox(Machine.SandboxOptions(context));
        var run = await PackageTests.RunAsync(
            new PackageRunRequest
            {
                Package = context.Get(options.NoStubs) && found.Value.Compiled.Tests is { } all ? found.Value.Compiled with { Tests = all with { Stubs = [] } } : found.Value.Compiled,
                Directory = found.Value.Folder,
                Installed = found.Value.IsManaged,
                Origin = found.Value.Foreign?.Name,
                Mode = mode,
                Locked = found.Value.Locked,
                Home = context.Home,
                Sandbox = sandbox,
                Choices = options.Launch.Read(context),
                Port = 0,
                Grants = grants.Value,
                Secrets = secrets.Value,
                Log = context.Voice.LogOfTest,
            },
            new TestRunOptions
            {
                Filter = context.Get(options.Filter) ?? [],
                CaseTimeout = TimeSpan.FromSeconds(context.Get(options.Timeout) ?? 60),
                Reached = stage => context.Voice.Reached(found.Value, stage),
            },
            context.Voice.Tested,
            cancel);
        var report = TestReport.Of(found.Value.Compiled.Package, run, started);
        Diagnostic[] problems = [.. trxFile is null ? [] : TrxReport.Write(trxFile, report), .. junitFile is null ? [] : JUnitReport.Write(junitFile, report)];
        return new Answer
        {
            Exit = run.Exit is ExitCode.Ok && problems.Length > 0 ? problems[0].Kind.Exit : run.Exit,
            Diagnostics = [.. run.Diagnostics, .. run.Results.SelectMany(r => r.Diagnostics), .. problems],
            Text = string.Create(CultureInfo.InvariantCulture,
                $"{run.Count(TestOutcome.Passed)} passed, {run.Count(TestOutcome.Failed) + run.Count(TestOutcome.Error)} failed, {run.Count(TestOutcome.Skipped)} left out"),
            Data = new JsonArray([.. run.Results.Select(Describe)]),
        };
    }

    private static string? FileOf(VerbContext context, Option<string?> option) => context.Get(option) is { } file ? context.FullPath(file) : null;

    private static JsonObject Describe(CaseResult result) => new()
    {
        ["id"] = result.Case.Id,
        ["kind"] = result.Case.Kind.ToString().ToLowerInvariant(),
        ["outcome"] = result.Outcome.ToString().ToLowerInvariant(),
        ["milliseconds"] = Math.Round(result.Duration.TotalMilliseconds, 1),
        ["request"] = result.Access is { } access ? new JsonObject { ["method"] = access.Method, ["path"] = access.Path, ["tool"] = access.Tool, ["status"] = access.Status } : null,
    };
}
