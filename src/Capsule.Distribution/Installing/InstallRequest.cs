using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Distribution.Feeds;
using Capsule.Trust.Quorum;

namespace Capsule.Distribution.Installing;

/// <summary>What to install, and what decides whether it may be.</summary>
public sealed record InstallRequest
{
    /// <summary>The package by name; without a version the newest is taken. For a file, what its content must be.</summary>
    public required PackageName Package { get; init; }

    /// <summary>A package file on this machine; null to ask the feeds.</summary>
    public string? File { get; init; }

    /// <summary>Where to look; a package that is on several of them is refused (CAP4006).</summary>
    public IReadOnlyList<Feed> Feeds { get; init; } = [];

    public required TrustContext Trust { get; init; }

    /// <summary>Reads the unpacked manifest with its family: the package it states, its version where it states one.</summary>
    public required Func<string, Result<PackageReference>> ReadManifest { get; init; }

    /// <summary>The identity the user expects; stands in for a rule where there is none.</summary>
    public string? ExpectedIdentity { get; init; }

    /// <summary>Asks a person on a terminal; null where there is none.</summary>
    public Func<TrustQuestion, bool>? Ask { get; init; }

    /// <summary>The time at the start of the command, for expiry of policies.</summary>
    public required DateTimeOffset Now { get; init; }
}
