using Capsule.Trust.Quorum.Counting;

namespace Capsule.Trust.Quorum;

/// <summary>The count of one trust file for one package.</summary>
/// <param name="Path">The trust file.</param>
/// <param name="Scope">The scope that covers the package.</param>
/// <param name="Result">The count; its signatures stand in the order of <paramref name="Lines"/>.</param>
/// <param name="Lines">The lines that were counted.</param>
public sealed record PolicyCount(string Path, TrustScope Scope, QuorumResult Result, IReadOnlyList<VerifiedLine> Lines);
