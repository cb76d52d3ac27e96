using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Quorum;

/// <summary>A release line that verifies and speaks of the package at hand: this key, in this role.</summary>
public sealed record VerifiedLine(PublicKey Key, string Role, int Number);
