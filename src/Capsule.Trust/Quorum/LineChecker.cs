using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Quorum;

/// <summary>
/// Checks each line against the known keys. Which algorithm checks it follows from the key. Malformed refuses; a
/// well-formed line that does not verify, or is about something else, is noted and left out (TUF's rule).
/// </summary>
internal static class LineChecker
{
    /// <summary>Throws <see cref="RefusedException"/> for a malformed line (CAP3003, CAP3004).</summary>
    /// <param name="lines">The lines of the package.</param>
    /// <param name="claim">What they must say.</param>
    /// <param name="keys">Keys known from policies, pins and the package's companions.</param>
    /// <param name="recover">True to compute unknown keys from their signatures, for a first use to show.</param>
    /// <returns>One finding for each line.</returns>
    public static IReadOnlyList<LineFinding> Check(SignatureLines lines, ReleaseClaim claim, IReadOnlyCollection<PublicKey> keys, bool recover) =>
        [.. lines.Lines.Select(line => Check(line, claim, keys, recover))];

    private static LineFinding Check(SignatureLine line, ReleaseClaim claim, IReadOnlyCollection<PublicKey> keys, bool recover)
    {
        if (line.Release is not { } release || line.Message is not { } message)
        {
            return LineFinding.LeftOut(line, EnvelopeDiagnostics.NeverCounts.Now(line.Number, line.Description));
        }

        var (key, why) = FindKey(line, message.Span, keys, recover);
        return key is null || (why = Difference(line, release, claim)) is not null
            ? LineFinding.LeftOut(line, why!)
            : new LineFinding(line.Number, line.Description, new VerifiedLine(key, release.Role, line.Number), null);
    }

    private static (PublicKey? Key, Diagnostic? Why) FindKey(
        SignatureLine line, ReadOnlySpan<byte> message, IReadOnlyCollection<PublicKey> keys, bool recover)
    {
        var named = keys.FirstOrDefault(k => k.Hint == line.Hint);
        if (named is null)
        {
            var signer = FindByTrying(line, message, keys);
            if (signer is not null && line.Hint.Length != 0)
            {
                throw new RefusedException(EnvelopeDiagnostics.WrongHint.Now(line.Number, signer.Fingerprint));
            }

            signer ??= recover ? SignatureAlgorithms.Recover(message, line.Signature.Span, line.Hint) : null;
            return (signer, signer is null ? EnvelopeDiagnostics.UnknownKey.Now(line.Number, line.Hint.Length == 0 ? "none" : line.Hint) : null);
        }

        if (!named.Algorithm.IsWellFormed(line.Signature.Span))
        {
            throw new RefusedException(EnvelopeDiagnostics.SignatureNotCanonical.Now(line.Number, named.Algorithm.Name));
        }

        return named.Verify(message, line.Signature.Span)
            ? (named, null)
            : (null, EnvelopeDiagnostics.DoesNotVerify.Now(line.Number, named.Fingerprint));
    }

    private static PublicKey? FindByTrying(SignatureLine line, ReadOnlySpan<byte> message, IReadOnlyCollection<PublicKey> keys)
    {
        foreach (var key in keys)
        {
            if (key.Verify(message, line.Signature.Span))
            {
                return key;
            }
        }

        return null;
    }

    private static Diagnostic? Difference(SignatureLine line, ReleasePredicate release, ReleaseClaim claim)
    {
        (string What, string? Says, string Is)[] claims =
        [
            ("identity", line.Statement!.Identity, claim.Identity),
            ("package", release.Purl, claim.Purl),
            ("family", release.Family, claim.Family),
        ];
        foreach (var (what, says, isReally) in claims)
        {
            if (says != isReally)
            {
                return EnvelopeDiagnostics.OtherPackage.Now(line.Number, what, says ?? "none", isReally);
            }
        }

        return null;
    }
}

/// <summary>What a release line must say to count: the package as requested and unpacked.</summary>
internal sealed record ReleaseClaim(string Identity, string Family, string Purl);
