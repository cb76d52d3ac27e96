using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Provenance;

namespace Capsule.Trust.Quorum;

/// <summary>Finds the provenance and SBOM lines of a package, to show them. They never decide anything (specs: trust 2).</summary>
internal static class AttestationChecker
{
    /// <summary>Lines that verify, are about these contents, and whose key is not revoked.</summary>
    /// <param name="lines">The lines of the package.</param>
    /// <param name="identity">What they must be about.</param>
    /// <param name="trust">Whose keys are known.</param>
    /// <param name="offered">Keys that came along.</param>
    /// <param name="notes">Receives what was left out.</param>
    public static IReadOnlyList<VerifiedAttestation> Check(
        SignatureLines lines, string identity, TrustContext trust, IReadOnlyList<PublicKey> offered, ICollection<Diagnostic> notes)
    {
        var found = new List<VerifiedAttestation>();
        foreach (var line in lines.Lines)
        {
            if (line is { Statement: { Type: Statement.TypeV1 } statement, Message: { } message } && statement.Identity == identity
                && PackageAttestations.Names.TryGetValue(statement.PredicateType, out var name)
                && FindKey(line, message.Span, [.. trust.Keys, .. offered], notes) is { } key && !trust.Policies.Any(p => p.IsRevoked(key)))
            {
                found.Add(new VerifiedAttestation(name, statement.PredicateType, key, SignerOf(key, trust), line.Number));
            }
        }

        return found;
    }

    private static PublicKey? FindKey(SignatureLine line, ReadOnlySpan<byte> message, IReadOnlyList<PublicKey> keys, ICollection<Diagnostic> notes)
    {
        if (keys.FirstOrDefault(k => k.Hint == line.Hint) is not { } named)
        {
            return SignatureAlgorithms.Recover(message, line.Signature.Span, line.Hint);
        }

        if (named.Verify(message, line.Signature.Span))
        {
            return named;
        }

        notes.Add(EnvelopeDiagnostics.DoesNotVerify.Now(line.Number, named.Fingerprint));
        return null;
    }

    private static string? SignerOf(PublicKey key, TrustContext trust) => trust.Policies.SelectMany(p => p.Signers.Values)
        .FirstOrDefault(s => s.Purpose == KeyPurpose.Provenance && s.Keys.Contains(key))?.Name;
}
