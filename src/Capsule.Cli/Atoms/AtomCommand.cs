using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Operations.Atoms;

namespace Capsule.Cli.Atoms;

/// <summary><c>capsule atom VERB</c>: the commands about atoms with this program's exit codes and envelope.</summary>
internal static class AtomCommand
{
    public static Command Make()
    {
        var command = new Command("atom", "Checks, hashes, signs and publishes atoms: signed documents in a catalog.\n\nExample: capsule atom validate compositions");
        foreach (var verb in AtomVerbs.All())
        {
            AtomGroups.Of(command, verb, "capsule atom").Add(Define(verb));
        }

        return command;
    }

    private static Command Define(AtomVerb verb)
    {
        var options = new AtomOptions();
        return Verb.Define(AtomGroups.OwnName(verb), $"{verb.Summary}\n\nExample: capsule atom {verb.Example}", [.. verb.Symbols, .. options.All], async (context, cancel) =>
        {
            var call = options.Call(context.Line, context.WorkingDirectory, verb.Path is null ? null : context.Get(verb.Path));
            return Answer(context, verb, call, await verb.Run(call, context.Line, cancel));
        });
    }

    private static Answer Answer(VerbContext context, AtomVerb verb, AtomCall call, AtomOutcome outcome)
    {
        foreach (var line in outcome.Atoms.SelectMany(a => verb.Explain(a, context.Line)).Concat(outcome.Atoms.Where(a => a.IsValid).Select(verb.Tell)))
        {
            context.Say(line);
        }

        return new Answer
        {
            Exit = outcome.FirstError?.Kind.Exit ?? Core.Diagnostics.ExitCode.Ok,
            Diagnostics = [.. outcome.Problems, .. outcome.Atoms.SelectMany(a => a.Problems)],
            Text = verb.Show(outcome) is { Count: > 0 } lines ? string.Join('\n', lines) : null,
            Data = AtomJson.Of(verb.Name, outcome, path => Path.GetRelativePath(call.WorkingDirectory, path)),
        };
    }
}
