using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Capsule.Operations.Running;

namespace Capsule.Cli.Shell;

/// <summary>What a user may choose about a launch plan: the same for <c>run</c>, <c>test</c> and <c>plan</c>.</summary>
internal sealed class LaunchOptions
{
    private readonly Option<int?> _readyTimeout = Seconds("--ready-timeout", "Seconds until a process must be ready; the package's own number otherwise, 120 for a Kit.", LaunchChoices.LongestReadyTimeout);
    private readonly Option<bool> _strictLimits = new("--strict-limits") { Description = "Refuse to start when a limit would only be watched, not held by the kernel." };

    public IReadOnlyList<Symbol> Symbols => [_readyTimeout, _strictLimits];

    public LaunchChoices Read(VerbContext context) => new() { ReadyTimeout = context.Get(_readyTimeout), StrictLimits = context.Get(_strictLimits) };

    /// <summary>An option that takes a whole number of seconds, from 1 up.</summary>
    public static Option<int?> Seconds(string name, string description, int most) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        CustomParser = result => Parse(result, most),
    };

    private static int? Parse(ArgumentResult result, int most)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds >= 1 && seconds <= most)
        {
            return seconds;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"'{result.Tokens[0].Value}' is not a time: write whole seconds from 1 to {most}."));
        return null;
    }
}
