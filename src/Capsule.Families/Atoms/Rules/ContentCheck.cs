using Capsule.Families.Atoms.Canonical;

namespace Capsule.Families.Atoms.Rules;

/// <summary>Check 9: a stored hash is that of the files.</summary>
internal static class ContentCheck
{
    public static HashVerdict? Run(AtomCheck check, CancellationToken cancel)
    {
        var hash = HashCheck.Run(check.Catalog, check.Manifest, check.Files, cancel);
        if (!hash.Succeeded)
        {
            // What the listing refused is told already.
            check.Problems.AddRange(hash.Diagnostics.Except(check.Files.Problems));
            return null;
        }

        var span = check.Manifest.ContentHash?.Span ?? check.Manifest.Source.Whole;
        if (hash.Value.State == HashState.Mismatch)
        {
            check.Report(AtomDiagnostics.HashMismatch.At(span, hash.Value.Stored, hash.Value.Computed, hash.Value.Why.Length == 0 ? "" : " " + hash.Value.Why));
        }
        else if (hash.Value.State == HashState.Legacy)
        {
            check.Report(AtomNoticeDiagnostics.LegacyHash.At(span, check.Manifest.Payload?.Asset?.Value ?? check.Manifest.Payload?.AssetSource?.Value));
        }

        return hash.Value;
    }
}
