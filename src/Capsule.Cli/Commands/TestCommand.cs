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
        var package = CommonOptions.Package();
        var filter = new Option<string[]>("--filter") { Description = "Ids of cases, * and ? allowed, or an expression such as Name~greets&Kind!=exec. May be repeated.", HelpName = "ID" };
        var trx = new Option<string?>("--report-trx") { Description = "Write the results to this file as TRX, the XML that CI systems read.", HelpName = "FILE" };
        var junit = new Option<string?>("--report-junit") { Description = "Write the results to this file as JUnit's XML.", HelpName = "FILE" };
        var timeout = LaunchOptions.Seconds("--timeout", "Seconds that one request or command may take; 60 by default.", 24 * 60 * 60);
        var (selection, launch, given, secretly, consent) = (new SelectionOptions(), new LaunchOptions(), new GrantOptions(), new SecretOptions(), new ConsentOptions());
        var locked = new Option<bool>("--locked") { Description = "Refuse to run without an up-to-date capproj.lock." };
        return Verb.Define("test", "Runs a package's own test cases against it, in the sandbox.\n\nExample: capsule test ./my-kit", [package, .. selection.Symbols, filter, timeout, trx, junit, .. given.Symbols, .. secretly.Symbols, locked, .. launch.Symbols, .. consent.Symbols], async (context, cancel) =>
        {
            var found = await RunTarget.FindAsync(context, context.Get(package), selection.Read(context), context.Get(locked), cancel);
            if (!found.Succeeded)
            {
                return Answer.Failed(found.Diagnostics);
            }

            DiagnosticPrinter.Print(context.Terminal, found.Diagnostics);
            var (trxFile, junitFile) = (FileOf(context, trx), FileOf(context, junit));
            if (new[] { trxFile, junitFile }.OfType<string>().SelectMany(TrxName.Check).ToArray() is { Length: > 0 } unwritable)
            {
                return Answer.Failed(unwritable);
            }

            var grants = given.Read(context, found.Value.Compiled.Launch, found.Value.Folder);
            if (!grants.Succeeded)
            {
                return Answer.Failed(grants.Diagnostics);
            }

            if (consent.Check(context, found.Value, grants.Value) is { Count: > 0 } refused)
            {
                return Answer.Failed(refused);
            }

            var secrets = secretly.Read(context);
            if (!secrets.Succeeded)
            {
                return Answer.Failed(secrets.Diagnostics);
            }

            var started = DateTimeOffset.UtcNow;
            await using var sandbox = new BubblewrapSandbox(Machine.SandboxOptions(context));
            var run = await PackageTests.RunAsync(
                new PackageRunRequest
                {
                    Package = found.Value.Compiled,
                    Directory = found.Value.Folder,
                    Installed = found.Value.Installed is not null,
                    Locked = found.Value.Locked,
                    Home = context.Home,
                    Sandbox = sandbox,
                    Choices = launch.Read(context),
                    Port = 0,
                    Grants = grants.Value,
                    Secrets = secrets.Value,
                },
                new TestRunOptions { Filter = context.Get(filter) ?? [], CaseTimeout = TimeSpan.FromSeconds(context.Get(timeout) ?? 60) },
                result => Tell(context, result),
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
        });
    }

    private static string? FileOf(VerbContext context, Option<string?> option) => context.Get(option) is { } file ? context.FullPath(file) : null;

    private static void Tell(VerbContext context, CaseResult result)
    {
        if (result.Outcome == TestOutcome.Skipped)
        {
            return;
        }

        context.Say(string.Create(CultureInfo.InvariantCulture, $"{result.Outcome.ToString().ToLowerInvariant(),-7} {result.Case.Id} ({result.Duration.TotalMilliseconds:F0} ms)"));
        foreach (var value in result.Verbose)
        {
            context.Say($"        {value}");
        }
    }

    private static JsonObject Describe(CaseResult result) => new()
    {
        ["id"] = result.Case.Id,
        ["kind"] = result.Case.Kind.ToString().ToLowerInvariant(),
        ["outcome"] = result.Outcome.ToString().ToLowerInvariant(),
        ["milliseconds"] = Math.Round(result.Duration.TotalMilliseconds, 1),
    };
}
