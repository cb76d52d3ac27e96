using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Operations.Running;

namespace Capsule.Cli.Launcher;

/// <summary>What a project gives its package for <c>dotnet run</c> and <c>dotnet test</c>, by the properties of the SDK.</summary>
internal sealed record LaunchGiven
{
    /// <summary>Folders of the user's, each ID=PATH.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];

    /// <summary>Each ID=VALUE.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Each WORKLOAD=VARIANT.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    /// <summary>What of the project runs; null for the verb's own.</summary>
    public RunMode? Mode { get; init; }

    /// <summary>With one more; null when there is no such option.</summary>
    public LaunchGiven? With(string option, string value) => option switch
    {
        "--mount" => this with { Mounts = [.. Mounts, value] },
        "--option" => this with { Options = [.. Options, value] },
        "--variant" => this with { Variants = [.. Variants, value] },
        "--mode" when Enum.TryParse<RunMode>(value, ignoreCase: true, out var mode) => this with { Mode = mode },
        _ => null,
    };

    /// <summary>What of the manifest is meant.</summary>
    public Result<PackageSelection> Select()
    {
        var (options, variants) = (Pairs(Options, "CapsuleOptions"), Pairs(Variants, "CapsuleVariants"));
        return options.Succeeded && variants.Succeeded
            ? new PackageSelection { Options = options.Value, Variants = variants.Value }
            : Result.Failed<PackageSelection>([.. options.Diagnostics, .. variants.Diagnostics]);
    }

    private static Result<Dictionary<string, string>> Pairs(IReadOnlyList<string> entries, string property)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var cut = entry.IndexOf('=', StringComparison.Ordinal);
            if (cut <= 0)
            {
                return CommandDiagnostics.BadPair.Now(entry, property);
            }

            pairs[entry[..cut]] = entry[(cut + 1)..];
        }

        return pairs;
    }
}
