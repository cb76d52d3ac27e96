using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Keys;

/// <summary>A public key and the one thing it may be used for.</summary>
public sealed record KnownKey(PublicKey Key, KeyPurpose Purpose);
