using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Capsules.Services;

namespace Capsule.Families.Capsules;

/// <summary>
/// A <c>capsule.toml</c> of schema 0.2 (specs: ato 1.2), as far as this version understands it. A field is null when it is
/// absent or was wrong; the problem is then with the diagnostics.
/// </summary>
public sealed record CapsuleManifest
{
    public required Field<string>? Name { get; init; }

    public required Field<string>? Version { get; init; }

    /// <summary>inference, tool or app.</summary>
    public required Field<string>? Type { get; init; }

    public required Field<string>? DefaultTarget { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<CapsuleTarget> Targets { get; init; } = [];

    /// <summary>Where the table of targets begins; the start of the file when there is none.</summary>
    public required SourceSpan TargetsPlace { get; init; }

    /// <summary>The processes of a web target of Deno; empty when there is no <c>[services]</c>.</summary>
    public IReadOnlyList<CapsuleService> Services { get; init; } = [];

    /// <summary>Where <c>[services]</c> begins; the start of the file when there is none.</summary>
    public required SourceSpan ServicesPlace { get; init; }

    /// <summary>pack.include: when not empty, only what these patterns cover is packed.</summary>
    public IReadOnlyList<Field<string>> Include { get; init; } = [];

    /// <summary>pack.exclude: taken away from what is packed.</summary>
    public IReadOnlyList<Field<string>> Exclude { get; init; } = [];

    /// <summary>network.egress_allow: host names or URLs.</summary>
    public IReadOnlyList<Field<string>> Egress { get; init; } = [];

    /// <summary>The key network.egress_allow, or the table where it would stand; null when neither is there.</summary>
    public Field<string>? EgressKey { get; init; }

    /// <summary>isolation.allow_env: variables that the author expects from the user's environment.</summary>
    public IReadOnlyList<Field<string>> AllowEnv { get; init; } = [];

    /// <summary>Valid parts that this version does not support.</summary>
    public IReadOnlyList<Field<string>> NotYet { get; init; } = [];

    /// <summary>True when an <c>[execution]</c> table of an older schema is there.</summary>
    public bool HasExecution { get; init; }
}
