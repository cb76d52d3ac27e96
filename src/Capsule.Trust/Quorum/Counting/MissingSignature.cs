namespace Capsule.Trust.Quorum.Counting;

/// <summary>One further signature that would help.</summary>
/// <param name="Member">Who would make it.</param>
/// <param name="Role">The role it would have to name; null where signatures name none.</param>
/// <param name="Keys">Any one of these keys.</param>
public sealed record MissingSignature(string Member, string? Role, IReadOnlyList<KeyBytes> Keys);
