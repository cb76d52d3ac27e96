using Capsule.Core.Diagnostics;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Quorum;

/// <summary>What became of one signature line before anything was counted.</summary>
/// <param name="Number">The line.</param>
/// <param name="Description">What it is, in words.</param>
/// <param name="Verified">The line as a signature that verifies and may be counted; null when it was left out.</param>
/// <param name="Why">Why it was left out, or what is wrong with its key.</param>
public sealed record LineFinding(int Number, string Description, VerifiedLine? Verified, Diagnostic? Why)
{
    internal static LineFinding LeftOut(SignatureLine line, Diagnostic why) => new(line.Number, line.Description, null, why);
}
