using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Quorum.Counting;

namespace Capsule.Trust.Quorum;

/// <summary>What one policy says about one package.</summary>
/// <param name="Scope">The scope that covers it; null when no rule does.</param>
/// <param name="Problems">Why it is refused; empty when it is not.</param>
/// <param name="Signers">Names of the signers that counted.</param>
internal sealed record PolicyVerdict(TrustScope? Scope, IReadOnlyList<Diagnostic> Problems, IReadOnlyList<string> Signers)
{
    /// <summary>The count; null when there was nothing to count against.</summary>
    public PolicyCount? Count { get; init; }

    public bool Grants => Scope is not null && Problems.Count == 0;
}

/// <summary>Asks one policy about one package: its scope's feeds and versions here, its thresholds of <see cref="QuorumCounter"/> (specs: trust 4).</summary>
internal static class PolicyJudge
{
    /// <param name="policy">The policy.</param>
    /// <param name="facts">The package.</param>
    /// <param name="lines">Release lines that verify and are about the package.</param>
    /// <param name="isRevoked">Which keys count for nothing, whichever policy says so.</param>
    /// <param name="notes">Receives why lines did not count.</param>
    public static PolicyVerdict Judge(
        TrustPolicy policy, PackageFacts facts, IReadOnlyList<VerifiedLine> lines, Func<PublicKey, bool> isRevoked, ICollection<Diagnostic> notes)
    {
        if (policy.Expires is { } expires && facts.Now >= expires)
        {
            return new PolicyVerdict(null, [PolicyDiagnostics.Expired.In(policy.Path, policy.Path, expires.ToString("yyyy-MM-dd'T'HH:mm:ssK", null))], []);
        }

        if (policy.ScopeOf(facts.Scope, facts.Name) is not { } scope)
        {
            return new PolicyVerdict(null, [], []);
        }

        var problems = new List<Diagnostic>();
        if (facts.Feed is { } feed && scope.Feeds.Count > 0 && !scope.Feeds.Contains(feed, StringComparer.Ordinal))
        {
            problems.Add(VerdictDiagnostics.WrongFeed.Now(facts.Title, feed, scope.Match.Text, string.Join(", ", scope.Feeds)));
        }

        if (scope.MinVersion.TryGetValue(facts.Package, out var lowest) && facts.Version.CompareTo(lowest) < 0)
        {
            problems.Add(VerdictDiagnostics.BelowMinimum.Now(facts.Title, lowest.Text, policy.Path));
        }

        var members = PolicyMembers.Of(policy, scope, isRevoked, facts.Now);
        var rule = new QuorumRule([.. scope.Require.Select(role => new QuorumTerm(role, scope.Roles[role].Threshold))]);
        var count = QuorumCounter.Count(rule, members, [.. lines.Select(l => new QuorumSignature(new KeyBytes(l.Key.Spki), l.Role))]);
        problems.AddRange(count.Terms.Where(t => !t.IsSatisfied).Select(t => VerdictDiagnostics.ThresholdNotMet.Now(
            facts.Title, t.Term.Role, scope.Match.Text, t.Term.Count, t.Signed.Count, t.Signed.Count == 0 ? "nobody" : string.Join(", ", t.Signed), QuorumText.Hope(t))));
        foreach (var (line, result) in lines.Zip(count.Signatures))
        {
            if (Note(scope, line, result) is { } note)
            {
                notes.Add(note);
            }
        }

        return new PolicyVerdict(scope, problems, count.Signers) { Count = new PolicyCount(policy.Path, scope, count, lines) };
    }

    /// <summary>Why a line did not count; revoked keys have been noted for all policies at once.</summary>
    private static Diagnostic? Note(TrustScope scope, VerifiedLine line, SignatureResult result) => result.Outcome switch
    {
        SignatureOutcome.Counts or SignatureOutcome.Revoked => null,
        SignatureOutcome.NotAccepted => VerdictDiagnostics.AlgorithmNotAccepted.Now(
            scope.Match.Text, line.Key.Algorithm.Name, line.Key.Fingerprint, string.Join(", ", scope.Accept)),
        _ => VerdictDiagnostics.DoesNotCount.Now(line.Number, line.Role, scope.Match.Text, QuorumText.Why(result)),
    };
}
