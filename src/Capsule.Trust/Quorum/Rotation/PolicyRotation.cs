using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum.Counting;

namespace Capsule.Trust.Quorum.Rotation;

/// <summary>
/// Decides whether a trust file with a root role may be used: signed by its own root, and, when the machine has used one before, by the root
/// of that one, with the next version number (TUF's rule 3; specs: trust 4). A file that was signed cannot become one that needs no signature.
/// </summary>
public static class PolicyRotation
{
    /// <summary>The file of signature lines beside a trust file.</summary>
    public static string SignaturesOf(string policyPath) => policyPath + SignatureLines.Suffix;

    /// <summary>Nothing when the policy may be used (CAP3000 to CAP3005, CAP3119, CAP3124 to CAP3127).</summary>
    public static IReadOnlyList<Diagnostic> Check(TrustPolicy policy, PolicyRoot? used) => Check(policy, used, ReadLines(policy.Path));

    internal static IReadOnlyList<Diagnostic> Check(TrustPolicy policy, PolicyRoot? used, Result<SignatureLines> lines)
    {
        var root = PolicyRoot.Of(policy);
        if (!lines.Succeeded)
        {
            return lines.Diagnostics;
        }

        if (root is null)
        {
            return used is not null ? [PolicyDiagnostics.RootGone.In(policy.Path, policy.Path, used.Version)]
                : lines.Value.Lines.Count > 0 ? [PolicyDiagnostics.SignedWithoutRoot.In(policy.Path, policy.Path)]
                : [];
        }

        if (used is not null && used.Digest != root.Digest && root.Version != used.Version + 1)
        {
            return [PolicyDiagnostics.RootVersion.In(policy.Path, policy.Path, root.Version, used.Version, used.Version + 1)];
        }

        try
        {
            return [.. Count(policy, used, lines.Value).Where(c => !c.Result.IsSatisfied).Select(c => NotReached(policy, c))];
        }
        catch (RefusedException refused)
        {
            return [refused.Diagnostic];
        }
    }

    /// <summary>Every count that a policy must pass, the root before it first. A file that was used already needs its own root alone.</summary>
    public static IReadOnlyList<RootCount> Count(TrustPolicy policy, PolicyRoot? used, SignatureLines lines)
    {
        var empty = Empty(policy, used);
        var signatures = Verified(policy, lines, empty);
        return [.. empty.Select(c => c with { Result = c.Quorum.Count(signatures) })];
    }

    /// <summary>The lines over exactly this file that verify with a key of one of its quorums.</summary>
    internal static IReadOnlyList<QuorumSignature> Verified(TrustPolicy policy, PolicyRoot? used, SignatureLines lines) => Verified(policy, lines, Empty(policy, used));

    private static RootCount[] Empty(TrustPolicy policy, PolicyRoot? used) => PolicyRoot.Of(policy) is not { } root ? [] :
    [
        .. used is null || used.Digest == root.Digest ? [] : used.Quorums.Select(q => new RootCount(q, IsPrevious: true, q.Count([]))),
        .. root.Quorums.Select(q => new RootCount(q, IsPrevious: false, q.Count([]))),
    ];

    private static List<QuorumSignature> Verified(TrustPolicy policy, SignatureLines lines, RootCount[] counts) => counts.Length == 0 ? [] : Verified(
        lines, SigningMessage.Statement(PolicyStatement.Of(policy)), [.. counts.SelectMany(c => c.Quorum.Members).SelectMany(m => m.Keys).Select(k => k.Key).Distinct()]);

    /// <summary>The lines beside a trust file; none where there is no such file.</summary>
    public static Result<SignatureLines> ReadLines(string policyPath)
    {
        try
        {
            return SignatureLines.Read(RegularFile.ReadAllBytes(SignaturesOf(policyPath), SignatureLines.MaximumSize + 1));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return SignatureLines.None;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return PolicyDiagnostics.Unreadable.In(SignaturesOf(policyPath), SignaturesOf(policyPath));
        }
    }

    private static List<QuorumSignature> Verified(SignatureLines lines, SigningMessage message, KeyBytes[] keys)
    {
        var verified = new List<QuorumSignature>();
        PublicKey[] known = [.. keys.Select(k => PublicKey.FromSpki(k.Bytes)).OfType<PublicKey>()];
        foreach (var line in lines.Lines.Where(l => l.Message is { } signed && signed.Span.SequenceEqual(message.Bytes.Span)))
        {
            foreach (var key in known.Where(k => line.Hint.Length == 0 || k.Hint == line.Hint))
            {
                if (line.Hint.Length > 0 && !key.Algorithm.IsWellFormed(line.Signature.Span))
                {
                    throw new RefusedException(EnvelopeDiagnostics.SignatureNotCanonical.Now(line.Number, key.Algorithm.Name));
                }

                if (key.Verify(message.Bytes.Span, line.Signature.Span))
                {
                    verified.Add(new QuorumSignature(new KeyBytes(key.Spki), RootQuorum.Role));
                    break;
                }
            }
        }

        return verified;
    }

    private static Diagnostic NotReached(TrustPolicy policy, RootCount count)
    {
        var term = count.Result.Terms[0];
        return PolicyDiagnostics.RootNotReached.In(
            policy.Path, policy.Path, policy.Version, count.Whose, count.Quorum.Scope, term.Signed.Count, term.Term.Count,
            term.Signed.Count == 0 ? "nobody" : string.Join(", ", term.Signed), QuorumText.Hope(term));
    }
}
