using Capsule.Trust.Keys;

namespace Capsule.Operations.Atoms;

/// <summary>How an atom is signed.</summary>
public sealed record AtomSigning
{
    /// <summary>--key; null for the default key.</summary>
    public string? KeyId { get; init; }

    /// <summary>Replaces a signature of the same key.</summary>
    public bool Force { get; init; }

    /// <summary>Replaces a signature of the same key unless it is good and has an envelope that fits.</summary>
    public bool Renew { get; init; }

    /// <summary>Signs without random bytes, so that a run can be repeated bit by bit.</summary>
    public bool Deterministic { get; init; }

    /// <summary>Of an encrypted key file; null for what the backend's settings say.</summary>
    public SecretReference? Passphrase { get; init; }

    /// <summary>Who is asked for it where neither is; null for nobody.</summary>
    public SecretReference? Ask { get; init; }

    /// <summary>Where key ids are looked up.</summary>
    public required KeyStore Keys { get; init; }
}
