using Capsule.Core.Diagnostics;

namespace Capsule.Families.Atoms.Catalogs;

/// <summary>A key registered in <c>ATOMS.yml</c> (specs: atoms 4). The fingerprint is the trust anchor, wherever the public key comes from.</summary>
public sealed record AtomKey
{
    public required string Id { get; init; }

    /// <summary>Exactly one; kebab-case.</summary>
    public required string Role { get; init; }

    /// <summary>One of <see cref="AtomNames.Algorithms"/>.</summary>
    public required string Algorithm { get; init; }

    /// <summary>64 lower-case hex digits: SHA-256 of the raw public key of FIPS 204.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Base64 of the SubjectPublicKeyInfo or of the raw key.</summary>
    public string? PublicKey { get; init; }

    /// <summary>A PEM file, absolute, inside the catalog.</summary>
    public string? PublicKeyFile { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public bool Revoked { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public string? RevocationReason { get; init; }

    /// <summary>Who holds the private key; null for the default.</summary>
    public string? Backend { get; init; }

    /// <summary>What the backend calls the key.</summary>
    public string? BackendReference { get; init; }

    public required SourceSpan Place { get; init; }
}
