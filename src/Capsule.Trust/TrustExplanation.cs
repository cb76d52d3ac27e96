using Capsule.Core.Diagnostics;
using Capsule.Trust.Quorum;

namespace Capsule.Trust;

/// <summary>A decision with everything it rests on.</summary>
/// <param name="Verdict">As <see cref="PackageVerifier.Verify"/> gives it.</param>
/// <param name="Lines">One finding for each signature line; empty when the decision fell before any line was read.</param>
/// <param name="Policies">The count of each trust file with a rule for the package, the user's own first.</param>
public sealed record TrustExplanation(Result<VerifiedPackage> Verdict, IReadOnlyList<LineFinding> Lines, IReadOnlyList<PolicyCount> Policies);
