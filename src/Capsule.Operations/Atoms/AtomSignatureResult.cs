using System.Text.Json;

namespace Capsule.Operations.Atoms;

/// <summary>One signature of an atom with what became of it.</summary>
/// <param name="KeyId">As the block says.</param>
/// <param name="Role">Of the registered key; null when it is unknown.</param>
/// <param name="Algorithm">As the block says.</param>
/// <param name="Status">Whether it may count.</param>
/// <param name="Fingerprint">Of the registered key; null when it is unknown.</param>
public sealed record AtomSignatureResult(string KeyId, string? Role, string? Algorithm, AtomSignatureStatus Status, string? Fingerprint)
{
    /// <summary>The block carries an envelope.</summary>
    public bool HasEnvelope { get; init; }

    /// <summary>For an envelope that does not fit: the lifecycle that it was made for, where that is what is wrong.</summary>
    public string? MadeFor { get; init; }

    /// <summary>The status as the reference writes it: <c>unknown-key</c>.</summary>
    public string Word => JsonNamingPolicy.KebabCaseLower.ConvertName(Status.ToString());

    /// <summary><c>none</c>, <c>valid</c>, <c>invalid</c>, or <c>unchecked</c> where the signature itself is not good.</summary>
    public string EnvelopeWord => !HasEnvelope ? "none"
        : Status == AtomSignatureStatus.Valid ? "valid"
        : Status == AtomSignatureStatus.EnvelopeInvalid ? "invalid"
        : "unchecked";
}
