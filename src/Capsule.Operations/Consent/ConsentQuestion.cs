using Capsule.Core.Plans.Permissions;

namespace Capsule.Operations.Consent;

/// <summary>What a person is asked before a package of others runs for the first time, or wants more than before.</summary>
public sealed record ConsentQuestion
{
    /// <summary>publisher/slug, or the address or file of a stranger's.</summary>
    public required string Package { get; init; }

    /// <summary>What it has in common with its other versions.</summary>
    public required string Origin { get; init; }

    /// <summary>Names the content of a stranger's; null for an installed package.</summary>
    public string? Content { get; init; }

    public required string Version { get; init; }

    /// <summary>Who signed it; empty for nobody.</summary>
    public required IReadOnlyList<string> Signers { get; init; }

    public required string PermissionHash { get; init; }

    public required string GrantsHash { get; init; }

    /// <summary>The name of both, which a caller gives where nobody can answer (<see cref="Capsule.Core.Plans.PlanHash.OfConsent(Capsule.Core.Plans.LaunchPlan, Capsule.Core.Plans.Grants, string)"/>).</summary>
    public required string Hash { get; init; }

    public required IReadOnlyList<AskedPermission> Asked { get; init; }

    /// <summary>What the user gives for this run, in words.</summary>
    public IReadOnlyList<string> Given { get; init; } = [];

    /// <summary>What was agreed to before.</summary>
    public required ConsentRecord Before { get; init; }

    /// <summary>True when what was agreed to before was other content of a stranger's.</summary>
    public bool IsOtherContent => Content is not null && Before.Content != Content;

    /// <summary>True when it asks for nothing and is given nothing.</summary>
    public bool IsEmpty => Asked.Count == 0 && Given.Count == 0;

    public bool IsNew(string given) => !Before.Grants.Contains(given, StringComparer.Ordinal);

    public bool IsNew(AskedPermission permission) => !Before.Permissions.Contains(permission.Text, StringComparer.Ordinal);
}
