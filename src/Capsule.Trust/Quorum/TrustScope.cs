namespace Capsule.Trust.Quorum;

/// <summary>The rule for a set of packages.</summary>
public sealed record TrustScope
{
    public required ScopePattern Match { get; init; }

    /// <summary>The only feeds these packages are taken from; empty for any.</summary>
    public IReadOnlyList<string> Feeds { get; init; } = [];

    /// <summary>Names of the algorithms whose signatures count here.</summary>
    public required IReadOnlyList<string> Accept { get; init; }

    public required IReadOnlyDictionary<string, TrustRole> Roles { get; init; }

    /// <summary>Roles that must all reach their threshold.</summary>
    public required IReadOnlyList<string> Require { get; init; }

    /// <summary>Lowest version by <c>scope/name</c>.</summary>
    public IReadOnlyDictionary<string, PackageVersion> MinVersion { get; init; } = new Dictionary<string, PackageVersion>();
}

/// <summary>Who may speak in a role, and how many of them must.</summary>
/// <param name="Signers">Names of signers; each at most once.</param>
/// <param name="Threshold">1 to the number of signers.</param>
public sealed record TrustRole(IReadOnlyList<string> Signers, int Threshold);
