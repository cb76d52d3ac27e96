using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Shell;

/// <summary>Makes a command whose answer is printed in one way, for people or with --json for programs.</summary>
internal static class Verb
{
    /// <summary>Defines <c>capsule name</c>.</summary>
    /// <param name="name">The verb.</param>
    /// <param name="summary">One sentence for --help, with one example after a blank line.</param>
    /// <param name="symbols">Its arguments and options, in the order of --help.</param>
    /// <param name="run">The work.</param>
    public static Command Define(string name, string summary, IReadOnlyList<Symbol> symbols, Func<VerbContext, CancellationToken, Task<Answer>> run)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object to stdout." };
        var command = new Command(name, summary);
        foreach (var symbol in symbols)
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

        command.Add(json);
        command.SetAction(async (line, cancel) =>
        {
            var context = new VerbContext(line, Terminal.OfProcess(), line.GetValue(json), Directory.GetCurrentDirectory());
            var answer = await AnswerAsync(context, run, cancel);
            Print(context, FullName(line)["capsule ".Length..], answer);
            return (int)answer.Exit;
        });
        return command;
    }

    /// <summary>The answer of a verb, what the system refuses included.</summary>
    internal static async Task<Answer> AnswerAsync(VerbContext context, Func<VerbContext, CancellationToken, Task<Answer>> run, CancellationToken cancel)
    {
        try
        {
            return await run(context, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new Answer { Exit = Interruption.Exit };
        }
        catch (RefusedException refused)
        {
            return Answer.Failed(refused.Diagnostic);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Answer.Failed(CommandDiagnostics.SystemRefused.Now(problem.Message));
        }
    }

    private static void Print(VerbContext context, string verb, Answer answer)
    {
        if (context.Json)
        {
            var envelope = new JsonObject
            {
                ["schema"] = "capsule-cli/1",
                ["verb"] = verb,
                ["exit"] = (int)answer.Exit,
                ["diagnostics"] = new JsonArray([.. answer.Diagnostics.Select(DiagnosticJson.Of)]),
                ["data"] = answer.Data,
            };
            context.Terminal.Out.WriteLine(envelope.ToJsonString(JsonText.Indented));
            return;
        }

        DiagnosticPrinter.Print(context.Terminal, answer.Diagnostics);
        if (answer.Text is not null)
        {
            context.Terminal.Out.WriteLine(answer.Text);
        }
    }

    /// <summary>The verb as it was called: <c>capsule key new</c>.</summary>
    public static string FullName(ParseResult line)
    {
        var names = new List<string>();
        for (var result = line.CommandResult; result.Parent is System.CommandLine.Parsing.CommandResult parent; result = parent)
        {
            names.Insert(0, result.Command.Name);
        }

        return string.Join(' ', names.Prepend("capsule"));
    }
}
