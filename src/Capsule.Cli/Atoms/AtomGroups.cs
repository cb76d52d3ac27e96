using System.CommandLine;
using System.Globalization;

namespace Capsule.Cli.Atoms;

/// <summary>Commands of two words stand below a command of the first.</summary>
internal static class AtomGroups
{
    /// <summary>The command that a verb is added to; made when it is missing.</summary>
    public static Command Of(Command program, AtomVerb verb, string called)
    {
        if (verb.Name.Split(' ') is not [var group, _])
        {
            return program;
        }

        if (program.Subcommands.FirstOrDefault(c => c.Name == group) is not { } command)
        {
            command = new Command(group, string.Format(CultureInfo.InvariantCulture, AtomVerb.CacheSummary, called));
            program.Add(command);
        }

        return command;
    }

    public static string OwnName(AtomVerb verb) => verb.Name.Split(' ')[^1];
}
