namespace Capsule.Trust.Cosigning;

/// <summary>A role in which signatures are wanted.</summary>
/// <param name="Role">Its name.</param>
/// <param name="MaySign">Who may still sign in it by the trust file of whoever asks; empty when that has no rule.</param>
public sealed record CosignRole(string Role, IReadOnlyList<CosignSigner> MaySign);
