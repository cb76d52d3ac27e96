using System.CommandLine;
using System.CommandLine.Help;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Capakit;

/// <summary>
/// The program <c>capakit</c>: what Kits need, with the original's verbs, flags, variables and output (specs: kits 4), over the same library as
/// <c>capsule</c>. Exit codes are those of <c>capsule</c>.
/// </summary>
internal sealed class CapakitProgram(string[] arguments, Terminal terminal)
{
    public const string Name = "capakit";

    private readonly CapakitOptions _options = new();

    public static string VersionLine => $"{Name} {ProgramVersion.Full}";

    public static Task<int> RunAsync(string[] arguments) => new CapakitProgram(arguments, Terminal.OfProcess()).RunAsync();

    private async Task<int> RunAsync()
    {
        var line = Build().Parse(arguments);
        if (line.Errors.Count > 0)
        {
            return Refuse(CommandDiagnostics.Usage.Now(line.Errors[0].Message, FullName(line)));
        }

        if (CapakitSettings.Read(_options, line) is { Succeeded: false, Diagnostics: var wrong })
        {
            return Refuse([.. wrong]);
        }

        CapakitVerb.ShortenLists(line);
        using var interruption = new Interruption();
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await line.InvokeAsync(invocation, interruption.Token);
        }
        catch (Exception bug) when (Environment.GetEnvironmentVariable("CAPSULE_DEBUG") is null)
        {
            return Refuse(CommandDiagnostics.Unexpected.Now($"{bug.GetType().Name}: {bug.Message}"));
        }
    }

    private Command Build()
    {
        var version = new Option<bool>("--version") { Description = "Print the version." };
        var program = new Command(Name, "Runs, tests and packages Kits, each workload in a sandbox.\n\nExample: capakit run .") { new HelpOption(), version };
        foreach (var option in _options.All)
        {
            program.Add(option);
        }

        foreach (var verb in CapakitVerbs.All(new CapakitVerb(_options, terminal).Define))
        {
            program.Add(verb);
        }

        program.SetAction(line => line.GetValue(version) ? PrintVersion() : Refuse(CommandDiagnostics.Usage.Now("No command was given.", Name)));
        return program;
    }

    private int PrintVersion()
    {
        terminal.Out.WriteLine(VersionLine);
        return 0;
    }

    /// <summary>Before the settings are known, or when they are wrong.</summary>
    private int Refuse(params Diagnostic[] problems)
    {
        var asJson = Array.IndexOf(arguments, "--output") is >= 0 and var at ? arguments.ElementAtOrDefault(at + 1) == "json" : Environment.GetEnvironmentVariable("CAPAKIT_OUTPUT_FORMAT") == "json";
        foreach (var problem in problems)
        {
            terminal.Error.Write(asJson ? DiagnosticJson.Line(problem) + "\n" : new CapakitPaint("auto", terminal.Color).Fail(new DiagnosticText(terminal.Color).Format(problem)));
        }

        return (int)problems[0].Kind.Exit;
    }

    private static string FullName(ParseResult line) => Verb.FullName(line) is var name && name.StartsWith("capsule", StringComparison.Ordinal) ? Name + name["capsule".Length..] : name;
}
