namespace Capsule.Operations.Atoms;

/// <summary>What became of one signature of an atom; the first that applies, in this order (specs: atoms 7.3).</summary>
public enum AtomSignatureStatus
{
    /// <summary>A field is missing, or the value has a wrong form or length.</summary>
    Malformed,

    UnknownKey,

    /// <summary>The block names another algorithm than the registry.</summary>
    AlgorithmMismatch,

    AlgorithmNotAccepted,

    /// <summary>The block names another fingerprint than the registry.</summary>
    FingerprintMismatch,

    /// <summary>No public key with the registered fingerprint was found.</summary>
    NoPublicKey,

    Revoked,

    /// <summary>Signed after the key's time, by its own word; under strictness also when the key's time is over now.</summary>
    Expired,

    /// <summary>It is not a signature over these bytes.</summary>
    Invalid,

    /// <summary>Its envelope is over another id, lifecycle or time, or over other files or names.</summary>
    EnvelopeInvalid,

    /// <summary>The catalog demands an envelope, and it has none.</summary>
    EnvelopeMissing,

    Valid,
}
