using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Quorum;

/// <summary>A line about the package at hand that verifies and counts for no release: who says how it was built, or what is in it.</summary>
/// <param name="Name"><c>provenance</c> or <c>SBOM</c>.</param>
/// <param name="PredicateType">The statement's predicate type URI.</param>
/// <param name="Key">The key that made the line.</param>
/// <param name="Signer">The signer of purpose <c>provenance</c> that a trust file knows by this key; null when none does, and then it proves nothing.</param>
/// <param name="Number">The line.</param>
public sealed record VerifiedAttestation(string Name, string PredicateType, PublicKey Key, string? Signer, int Number);
