using Capsule.Trust.Keys;

namespace Capsule.Distribution.Release;

/// <summary>An opened key and the role it signs a release in; a provenance key has no role to speak in.</summary>
public sealed record RoleSigner(IKeySigner Signer, string Role);
