namespace Capsule.Core.Plans;

/// <summary>
/// What a user gave one run of a package (specs: sandbox 3): no part of the plan, which says what is asked for. It stands in the
/// run's record, and consent is given to it together with the permissions.
/// </summary>
public sealed record Grants
{
    /// <summary>Nothing was given.</summary>
    public static readonly Grants None = new();

    /// <summary>Folders by mount id: absolute path without links.</summary>
    public IReadOnlyDictionary<string, string> Mounts { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>True when it may use this machine's GPUs, by their render nodes.</summary>
    public bool Gpu { get; init; }

    /// <summary>The services and tasks use the machine's own network instead of one of theirs. No manifest can ask for it.</summary>
    public bool HostNetwork { get; init; }

    /// <summary>The secrets that are given, by id, with where their values are kept. Null for none; a value is never in here.</summary>
    public IReadOnlyDictionary<string, SecretKeeping>? Secrets { get; init; }

    /// <summary>The public port that was asked for; null when the plan or the system chooses. It is on loopback, so nobody is asked about it.</summary>
    public int? Port { get; init; }
}
