using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Model;
using Capsule.Families.Atoms.Rules;
using Capsule.Trust.Quorum.Counting;

namespace Capsule.Operations.Atoms;

/// <summary><c>verify</c>: whether an atom's signatures meet the quorum of its class, and its hash is that of its files (specs: atoms 7.3, 8).</summary>
public static class AtomVerify
{
    public static AtomOutcome Run(AtomCall call, CancellationToken cancel)
    {
        var session = AtomSession.Open(call);
        if (!session.Succeeded)
        {
            return AtomOutcome.Failed(session.Diagnostics);
        }

        var installed = InstalledAtom.Read(call.FullPath);
        if (installed is { Succeeded: false })
        {
            return AtomOutcome.Failed([.. session.Diagnostics, .. installed.Diagnostics]);
        }

        var report = installed is null
            ? AtomValidator.Validate(session.Value.Catalog, call.FullPath, session.Value.Alone, cancel)
            : AtomValidator.Validate(session.Value.Catalog, installed.Value!, session.Value.Alone, cancel);
        return report.Manifest is null
            ? new AtomOutcome([AtomValidate.Result(session.Value, report)], session.Diagnostics)
            : new AtomOutcome([Verify(session.Value, report, cancel)], session.Diagnostics);
    }

    /// <summary>Judges one atom that could be read.</summary>
    internal static AtomResult Verify(AtomSession session, AtomReport report, CancellationToken cancel)
    {
        var result = AtomValidate.Result(session, report);
        var quorum = AtomQuorum.Evaluate(session, report, cancel);
        if (!quorum.Succeeded)
        {
            return result with { Problems = quorum.Diagnostics };
        }

        // A failed signature decides the exit code before a hash that does not fit.
        return result with
        {
            Signatures = quorum.Value.Signatures,
            Quorum = quorum.Value,
            Problems = [.. Problems(session, report.Manifest!, quorum.Value), .. report.Problems.Where(IsAboutTheHash), .. quorum.Value.Notes],
        };
    }

    private static bool IsAboutTheHash(Diagnostic problem) =>
        problem.Kind == AtomDiagnostics.HashMismatch || problem.Kind == AtomNoticeDiagnostics.LegacyHash || problem.Kind == AtomNoticeDiagnostics.ForeignSignature;

    private static IEnumerable<Diagnostic> Problems(AtomSession session, AtomManifest atom, AtomQuorum quorum)
    {
        var met = quorum.Count.IsSatisfied;
        for (var i = 0; i < quorum.Signatures.Count; i++)
        {
            var (signature, place) = (quorum.Signatures[i], atom.Signatures[i].Place);
            if (signature is { Status: AtomSignatureStatus.Valid, HasEnvelope: false })
            {
                var open = AtomSigningDiagnostics.NoEnvelope.At(place, signature.KeyId);
                yield return session.Call.Strict ? open with { Severity = Severity.Error } : open;
            }
            else if (signature.Status != AtomSignatureStatus.Valid)
            {
                yield return met && !session.Call.Strict
                    ? AtomSigningDiagnostics.NotCounted.At(place, signature.KeyId, Why(signature))
                    : Failure(signature, place);
            }
        }

        if (!met)
        {
            var open = quorum.Signatures.Count == 0 ? "the atom has no signatures" : string.Join("; ", quorum.Count.Terms.Where(t => !t.IsSatisfied)
                .Select(t => $"{t.Signed.Count} of {t.Term.Count} valid signatures of the role '{t.Term.Role}', {QuorumText.Hope(t)}"));
            yield return AtomSignatureDiagnostics.Quorum.At(atom.Signatures.FirstOrDefault()?.Place ?? atom.Source.Whole, quorum.Rule.Text, open);
        }
    }

    private static Diagnostic Failure(AtomSignatureResult signature, SourceSpan place) => signature.Status switch
    {
        AtomSignatureStatus.Invalid => AtomSignatureDiagnostics.Invalid.At(place, signature.KeyId),
        AtomSignatureStatus.Revoked => AtomSignatureDiagnostics.Revoked.At(place, signature.KeyId, signature.Role),
        AtomSignatureStatus.EnvelopeInvalid => AtomSignatureDiagnostics.Envelope.At(place, signature.KeyId, signature.MadeFor is { } lifecycle ? $", but over the same with the lifecycle '{lifecycle}'" : ""),
        _ => AtomSignatureDiagnostics.NotAccepted.At(place, signature.KeyId, Why(signature)),
    };

    private static string Why(AtomSignatureResult signature) => signature.Status switch
    {
        AtomSignatureStatus.Malformed => "a field is missing, or its value has a wrong form or length",
        AtomSignatureStatus.UnknownKey => "ATOMS.yml registers no such key",
        AtomSignatureStatus.AlgorithmMismatch => "the key is registered with another algorithm",
        AtomSignatureStatus.AlgorithmNotAccepted => "the catalog does not accept its algorithm",
        AtomSignatureStatus.FingerprintMismatch => "the key is registered with another fingerprint",
        AtomSignatureStatus.NoPublicKey => "no public key with the registered fingerprint was found",
        AtomSignatureStatus.Revoked => "the key is revoked",
        AtomSignatureStatus.Expired => "the key's time was over (by the time that the signature itself states)",
        AtomSignatureStatus.EnvelopeInvalid => signature.MadeFor is { } lifecycle ? $"its envelope is over the lifecycle '{lifecycle}'" : "its envelope is not one over this atom",
        AtomSignatureStatus.EnvelopeMissing => "it has no envelope, and the catalog demands one",
        _ => "it is not one over these files",
    };
}
