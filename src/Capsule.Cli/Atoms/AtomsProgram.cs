using System.CommandLine;
using System.CommandLine.Help;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Operations.Atoms;

namespace Capsule.Cli.Atoms;

/// <summary>
/// The program <c>atoms</c>: the commands about atoms with the reference's flags, exit codes 0 to 5 and JSON (specs: atoms 8, 12).
/// Text goes to stdout, problems to stderr always; with JSON, stdout holds one object and nothing else.
/// </summary>
internal sealed class AtomsProgram(string[] arguments, Terminal terminal)
{
    private readonly AtomOptions _options = new();
    private readonly AtomsOutput _output = new(terminal);
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object to stdout.", Recursive = true };
    private readonly Option<bool> _noJson = new("--no-json") { Description = "Print text although the settings ask for JSON.", Recursive = true };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Print errors and required output only.", Recursive = true };
    private readonly Option<bool[]> _verbose = new("--verbose", "-v") { Description = "Print more; may be repeated.", Recursive = true, Arity = ArgumentArity.Zero };

    public static Task<int> RunAsync(string[] arguments) => new AtomsProgram(arguments, Terminal.OfProcess()).RunAsync();

    private async Task<int> RunAsync()
    {
        var line = Build().Parse(arguments);
        if (line.Errors.Count > 0)
        {
            return Usage(line.Errors[0].Message, arguments.Contains("--json"));
        }

        using var interruption = new Interruption();
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await line.InvokeAsync(invocation, interruption.Token);
    }

    private Command Build()
    {
        var program = new Command("atoms", "Creates, checks, signs and publishes atoms: signed documents in a catalog.\n\nExample: atoms validate compositions")
        {
            _json, _noJson, _quiet, _verbose, new HelpOption(),
        };
        foreach (var option in _options.All)
        {
            program.Add(option);
        }

        foreach (var verb in AtomVerbs.All())
        {
            AtomGroups.Of(program, verb, "atoms").Add(Define(verb));
        }

        program.Add(Version());
        program.SetAction(line =>
        {
            terminal.Error.WriteLine("Usage: atoms COMMAND [options]; 'atoms --help' lists the commands.");
            return Usage("No command was given.", line.GetValue(_json));
        });
        return program;
    }

    private Command Define(AtomVerb verb)
    {
        var command = new Command(AtomGroups.OwnName(verb), $"{verb.Summary}\n\nExample: atoms {verb.Example}");
        foreach (var symbol in verb.Symbols)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }

        command.SetAction(async (line, cancel) =>
        {
            var call = _options.Call(line, Directory.GetCurrentDirectory(), verb.Path is null ? null : line.GetValue(verb.Path));
            try
            {
                return Print(line, call, verb, await OutcomeAsync(verb, call, line, cancel));
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return (int)Interruption.Exit;
            }
        });
        return command;
    }

    private Command Version()
    {
        var command = new Command("version", "Prints the version.");
        command.SetAction(line =>
        {
            var call = _options.Call(line, Directory.GetCurrentDirectory(), null);
            var text = $"atoms-tools {ProgramVersion.Text}";
            if (IsJson(line, call))
            {
                var answer = AtomJson.Of("version", new AtomOutcome([], []), path => path);
                answer["version"] = ProgramVersion.Text;
                _output.Write(answer);
            }
            else
            {
                _output.Write([text]);
            }

            return 0;
        });
        return command;
    }

    private static async Task<AtomOutcome> OutcomeAsync(AtomVerb verb, AtomCall call, ParseResult line, CancellationToken cancel)
    {
        try
        {
            return await verb.Run(call, line, cancel);
        }
        catch (RefusedException refused)
        {
            return AtomOutcome.Failed([refused.Diagnostic]);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return AtomOutcome.Failed([CommandDiagnostics.SystemRefused.Now(problem.Message)]);
        }
        catch (Exception bug) when (bug is not OperationCanceledException && Environment.GetEnvironmentVariable("CAPSULE_DEBUG") is null)
        {
            return AtomOutcome.Failed([CommandDiagnostics.Unexpected.Now($"{bug.GetType().Name}: {bug.Message}")]);
        }
    }

    private int Print(ParseResult line, AtomCall call, AtomVerb verb, AtomOutcome outcome)
    {
        var quiet = line.GetValue(_quiet);
        var problems = outcome.Problems.Concat(outcome.Atoms.SelectMany(a => a.Problems));
        var detailed = line.GetValue(_verbose) is { Length: > 0 };
        _output.Tell(problems.Where(p => p.IsError || (!quiet && (detailed || p.Severity == Severity.Warning))));
        if (IsJson(line, call))
        {
            var root = AtomSession.RootOf(call);
            _output.Write(AtomJson.Of(verb.Name, outcome, path => root is null ? path : AtomsOutput.Relative(root, path)));
        }
        else
        {
            var told = outcome.Atoms.SelectMany(a => verb.Explain(a, line)).Concat(outcome.Atoms.Where(a => a.IsValid).Select(verb.Tell));
            _output.Write((quiet ? [] : told).Concat(verb.Show(outcome)));
        }

        return AtomsOutput.Exit(outcome.FirstError);
    }

    private bool IsJson(ParseResult line, AtomCall call) => line.GetValue(_json) || (!line.GetValue(_noJson) && AtomSession.WantsJson(call));

    private int Usage(string message, bool json)
    {
        var problem = AtomCatalogDiagnostics.Usage.Now(message);
        _output.Tell([problem]);
        if (json)
        {
            _output.Write(AtomJson.Of(arguments.FirstOrDefault(a => !a.StartsWith('-')) ?? "", AtomOutcome.Failed([problem]), path => path));
        }

        return AtomsOutput.Exit(problem);
    }
}
