namespace Capsule.Cli.Shell;

/// <summary>What a user chose of a manifest.</summary>
internal sealed record PackageSelection
{
    /// <summary>Which target; null for the default one.</summary>
    public string? Target { get; init; }

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>By workload.</summary>
    public IReadOnlyDictionary<string, string> Variants { get; init; } = new Dictionary<string, string>();
}
