using Capsule.Core.Plans.Permissions;

namespace Capsule.Operations.Consent;

/// <summary>What a person is asked before a package from a feed runs for the first time, or wants more than before.</summary>
public sealed record ConsentQuestion
{
    /// <summary>publisher/slug.</summary>
    public required string Package { get; init; }

    public required string Version { get; init; }

    /// <summary>Who signed it; empty for nobody.</summary>
    public required IReadOnlyList<string> Signers { get; init; }

    public required string PermissionHash { get; init; }

    public required string GrantsHash { get; init; }

    /// <summary>The name of both, which a caller gives where nobody can answer (<see cref="Capsule.Core.Plans.PlanHash.OfConsent"/>).</summary>
    public required string Hash { get; init; }

    public required IReadOnlyList<AskedPermission> Asked { get; init; }

    /// <summary>What the user gives for this run, in words.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    /// <summary>What was agreed to before.</summary>
    public required ConsentRecord Before { get; init; }

    public bool IsNew(string given) => !Before.Grants.Contains(given, StringComparer.Ordinal);

    public bool IsNew(AskedPermission permission) => !Before.Permissions.Contains(permission.Text, StringComparer.Ordinal);
}
