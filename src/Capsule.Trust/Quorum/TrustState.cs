using Capsule.Trust.Algorithms;
using Capsule.Trust.Quorum.Rotation;

namespace Capsule.Trust.Quorum;

/// <summary>What this machine remembers: policy versions it used, and per package what it accepted. Never edited by people.</summary>
public sealed record TrustState
{
    /// <summary>Highest version used of each trust file, by absolute path.</summary>
    public IReadOnlyDictionary<string, long> PolicyVersions { get; init; } = new Dictionary<string, long>();

    /// <summary>The roots of trust files that have one, as last used, by absolute path.</summary>
    public IReadOnlyDictionary<string, PolicyRoot> Roots { get; init; } = new Dictionary<string, PolicyRoot>();

    /// <summary>By <c>scope/name</c>.</summary>
    public IReadOnlyDictionary<string, PackageMemory> Packages { get; init; } = new Dictionary<string, PackageMemory>();

    public static TrustState Empty { get; } = new();
}

/// <summary>What was accepted of one package.</summary>
/// <param name="Highest">The highest version accepted.</param>
/// <param name="Identities">Identity by version.</param>
/// <param name="Pins">Keys that signed at first use and were accepted; every unrevoked one must sign what comes later.</param>
public sealed record PackageMemory(
    PackageVersion Highest, IReadOnlyDictionary<string, string> Identities, IReadOnlyList<PublicKey> Pins);
