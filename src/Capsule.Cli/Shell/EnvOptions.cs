using System.CommandLine;
using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Shell;

/// <summary>Variables for the processes of a package.</summary>
internal sealed class EnvOptions
{
    private readonly Option<string[]> _env = new("--env", "-e")
    {
        Description = "NAME=VALUE for the package's processes, or NAME to pass the variable of that name on. May be repeated.",
        HelpName = "NAME[=VALUE]",
    };

    public IReadOnlyList<Symbol> Symbols => [_env];

    /// <summary>Values given as NAME come from the caller's environment, so that they stand in no process list.</summary>
    public Result<IReadOnlyDictionary<string, string>> Read(VerbContext context)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in context.Get(_env) ?? [])
        {
            var cut = entry.IndexOf('=', StringComparison.Ordinal);
            var name = cut < 0 ? entry : entry[..cut];
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || char.IsAsciiDigit(name[0]))
            {
                return CommandDiagnostics.BadVariable.Now(name);
            }

            if (cut < 0 && Environment.GetEnvironmentVariable(name) is null)
            {
                return CommandDiagnostics.VariableNotSet.Now(name);
            }

            values[name] = cut < 0 ? Environment.GetEnvironmentVariable(name)! : entry[(cut + 1)..];
        }

        return values;
    }
}
