using System.CommandLine;
using System.CommandLine.Parsing;

namespace Capsule.Cli.Shell;

/// <summary>What a user chooses of a manifest: its target, the values of its options, the variants of its workloads. The same for every verb.</summary>
internal sealed class SelectionOptions
{
    private readonly Option<string?> _target = CommonOptions.Target();

    private readonly Option<Dictionary<string, string>> _options = Pairs("--option", "A value for an option that the package declares; DEPENDENCY.ID for one of a dependency. May be repeated.", "ID=VALUE");

    private readonly Option<Dictionary<string, string>> _variants = Pairs("--variant", "The variant of a workload that has several. May be repeated.", "WORKLOAD=VARIANT");

    public IReadOnlyList<Symbol> Symbols => [_target, _options, _variants];

    public PackageSelection Read(VerbContext context) => new()
    {
        Target = context.Get(_target),
        Options = context.Get(_options) ?? [],
        Variants = context.Get(_variants) ?? [],
    };

    private static Option<Dictionary<string, string>> Pairs(string name, string description, string form) => new(name)
    {
        Description = description,
        HelpName = form,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = result => Read(result, form),
    };

    private static Dictionary<string, string> Read(ArgumentResult result, string form)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in result.Tokens.Select(t => t.Value))
        {
            var cut = text.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0)
            {
                result.AddError($"'{text}' is not of the form {form}.");
            }
            else if (!pairs.TryAdd(text[..cut], text[(cut + 1)..]))
            {
                result.AddError($"'{text[..cut]}' is given twice.");
            }
        }

        return pairs;
    }
}
