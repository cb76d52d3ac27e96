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

    Valid,
}

/// <summary>One signature of an atom with what became of it.</summary>
/// <param name="KeyId">As the block says.</param>
/// <param name="Role">Of the registered key; null when it is unknown.</param>
/// <param name="Algorithm">As the block says.</param>
/// <param name="Status">Whether it may count.</param>
/// <param name="Fingerprint">Of the registered key; null when it is unknown.</param>
public sealed record AtomSignatureResult(string KeyId, string? Role, string? Algorithm, AtomSignatureStatus Status, string? Fingerprint)
{
    /// <summary>The status as the reference writes it: <c>unknown-key</c>.</summary>
    public string Word => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(Status.ToString());
}
