using Capsule.Core.Diagnostics;

namespace Capsule.Families.Atoms.Model;

/// <summary>
/// A table <c>[signature.KEY-ID]</c> as it is written (specs: atoms 6.1). A field is null when it is missing or no string; whether it is
/// well-formed is decided where signatures are counted.
/// </summary>
public sealed record AtomSignature
{
    public required string KeyId { get; init; }

    public string? Algorithm { get; init; }

    public string? Fingerprint { get; init; }

    public string? SignedAt { get; init; }

    public string? Value { get; init; }

    /// <summary>Base64 of the signature over the atom's <see cref="Canonical.EnvelopeRecord"/>; null when there is none, empty when it is no string.</summary>
    public string? Envelope { get; init; }

    /// <summary>Base64; used only when its digest is the registered fingerprint.</summary>
    public string? PublicKey { get; init; }

    /// <summary>The rule for the message; null for atoms-canon/1.</summary>
    public string? Rule { get; init; }

    public required SourceSpan Place { get; init; }
}
