namespace Capsule.Operations.Atoms;

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
