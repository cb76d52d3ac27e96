using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Atoms.Caching;

/// <summary>A cached atom as <c>cache list</c> and <c>cache inspect</c> tell it.</summary>
public sealed record CacheEntry
{
    /// <summary>The full reference.</summary>
    public required string Id { get; init; }

    /// <summary>Null when its <c>atom.toml</c> cannot be read.</summary>
    public string? Lifecycle { get; init; }

    public required DateTimeOffset CachedAt { get; init; }

    public required CacheAge Age { get; init; }

    /// <summary>Bytes of all files.</summary>
    public required long Size { get; init; }

    /// <summary>Only <c>inspect</c> tells more.</summary>
    public CacheDetails? Details { get; init; }
}

/// <summary>What <c>cache inspect</c> adds.</summary>
/// <param name="Path">The entry's folder.</param>
/// <param name="ContentHash">As stored; null when there is none.</param>
/// <param name="Verification">What the look right now found.</param>
/// <param name="VerifiedAt">Now.</param>
/// <param name="LastVerification">What the look before found; null when nobody looked.</param>
/// <param name="LastVerifiedAt">When that was.</param>
/// <param name="Record">The rest of the sidecar; null when there is none.</param>
/// <param name="Files">Relative path and bytes.</param>
public sealed record CacheDetails(
    string Path, string? ContentHash, string Verification, string VerifiedAt, string? LastVerification, string? LastVerifiedAt, CacheRecord? Record, IReadOnlyList<KeyValuePair<string, long>> Files);
