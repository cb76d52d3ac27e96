using System.CommandLine;
using System.CommandLine.Parsing;
using Capsule.Operations.Running;

namespace Capsule.Cli.Shell;

/// <summary><c>--mode source|managed</c>: what of a project runs.</summary>
/// <param name="usual">The verb's own, for the help text.</param>
internal sealed class ModeOption(string usual)
{
    public Option<RunMode?> Symbol { get; } = new("--mode")
    {
        Description = $"source runs a project's files as they lie there, managed the package that is made of it; {usual} otherwise.",
        HelpName = "MODE",
        CustomParser = Read,
    };

    public RunMode? Read(VerbContext context) => context.Get(Symbol);

    private static RunMode? Read(ArgumentResult result)
    {
        switch (result.Tokens[0].Value)
        {
            case "source":
                return RunMode.Source;
            case "managed":
                return RunMode.Managed;
            default:
                result.AddError($"'{result.Tokens[0].Value}' is no mode: write source or managed.");
                return null;
        }
    }
}
