namespace Capsule.Trust.Cosigning;

/// <summary>Somebody who may sign.</summary>
/// <param name="Name">As the trust file calls them.</param>
/// <param name="Keys">Fingerprints of their keys.</param>
public sealed record CosignSigner(string Name, IReadOnlyList<string> Keys);
