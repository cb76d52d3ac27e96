using Capsule.Core.Plans;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Quorum;

namespace Capsule.Trust;

/// <summary>A package, its signatures, and what to decide from.</summary>
public sealed record VerifyRequest
{
    /// <summary>As requested and as unpacked: family, scope, name, version and the identity computed from the tree.</summary>
    public required PackageReference Package { get; init; }

    public required SignatureLines Lines { get; init; }

    public required TrustContext Trust { get; init; }

    /// <summary>
    /// Public keys that came with the package. They let a first use be checked and shown; they make nothing trusted. ECDSA keys need
    /// not come along: they are computed from their signatures.
    /// </summary>
    public IReadOnlyList<PublicKey> OfferedKeys { get; init; } = [];

    /// <summary>The feed it came from, as the scope names it; null for a local file.</summary>
    public string? Feed { get; init; }

    /// <summary>True when the version was chosen as the newest; then it may not be below the highest seen.</summary>
    public bool IsLatest { get; init; }

    /// <summary>The identity the caller expects (<c>--identity</c>); it stands in for a rule where there is none.</summary>
    public string? ExpectedIdentity { get; init; }

    /// <summary>The time at the start of the command, for expiry.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Asks a person on a terminal; null where there is none, and then what would be asked is refused.</summary>
    public Func<TrustQuestion, bool>? Ask { get; init; }
}
