using System.Collections.Immutable;

namespace Capsule.Runtime.StandIns;

/// <summary>
/// An npm package of ours that takes the place of one that cannot be had (specs: kits 3.13): offered to a process that fetches
/// packages only while the configured registry says that it has none of this name.
/// </summary>
public sealed record PackageStandIn
{
    /// <summary>With its scope, for example <c>@scope/name</c>; one without a scope cannot be offered, for it could not be told apart from the registry's.</summary>
    public required string Name { get; init; }

    /// <summary>The version numbers it answers to, oldest first; the last is the newest.</summary>
    public required ImmutableArray<string> Versions { get; init; }

    /// <summary>The files of a version by their paths with "/", <c>package.json</c> among them.</summary>
    public required Func<string, IReadOnlyDictionary<string, byte[]>> Files { get; init; }

    /// <summary>The part before the slash, for example <c>@scope</c>.</summary>
    public string Scope => Name[..Name.IndexOf('/', StringComparison.Ordinal)];
}
