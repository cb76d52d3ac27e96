using System.CommandLine;
using Capsule.Cli.Shell;

namespace Capsule.Cli.Capakit;

/// <summary>Makes a command of <c>capakit</c>: its answer is the bare data with JSON, and the text without.</summary>
internal sealed class CapakitVerb(CapakitOptions options, Terminal terminal)
{
    private static readonly (string Capsule, string Capakit)[] Words =
    [
        ("capsule kit licenses", "capakit licenses"), ("capsule kit agents-md", "capakit agents-md print"), ("capsule kit ", "capakit kit "), ("--input '", "--json '"), ("capsule mcp ", "capakit mcp "), ("capsule store ", "capakit storage "),
    ];

    /// <summary>A <see cref="VerbDefiner"/>.</summary>
    public Command Define(string name, string summary, IReadOnlyList<Symbol> symbols, Func<VerbContext, CancellationToken, Task<Answer>> run)
    {
        var command = new Command(name, InItsWords(summary));
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

        command.SetAction(async (line, cancel) =>
        {
            // Looked at before, with the same answer.
            var settings = CapakitSettings.Read(options, line).Value!;
            var voice = new CapakitVoice(terminal, settings);
            var context = new VerbContext(line, terminal, settings.Json, Directory.GetCurrentDirectory()) { Voice = voice, TellPolicy = settings.Policy };
            var answer = await Verb.AnswerAsync(context, run, cancel);
            voice.Tell(answer.Diagnostics);
            if (settings.Json)
            {
                if (answer.Data is { } data)
                {
                    terminal.Out.WriteLine(data.ToJsonString(JsonText.Indented));
                }
            }
            else if (answer.Text is { } text)
            {
                terminal.Out.WriteLine(text);
            }

            return (int)answer.Exit;
        });
        return command;
    }

    /// <summary>An example of <c>capsule</c>, as this program is called.</summary>
    private static string InItsWords(string summary) =>
        Words.Aggregate(summary, (text, word) => text.Replace(word.Capsule, word.Capakit, StringComparison.Ordinal));

    /// <summary>A list of verbs is read for the verbs: each one's example waits for its own --help.</summary>
    public static void ShortenLists(ParseResult line)
    {
        foreach (var verb in line.CommandResult.Command.Subcommands)
        {
            verb.Description = verb.Description?.Split("\n\n")[0];
        }
    }
}
