using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Quorum;

/// <summary>What one policy says about one package.</summary>
/// <param name="Scope">The scope that covers it; null when no rule does.</param>
/// <param name="Problems">Why it is refused; empty when it is not.</param>
/// <param name="Signers">Names of the signers that counted.</param>
internal sealed record PolicyVerdict(TrustScope? Scope, IReadOnlyList<Diagnostic> Problems, IReadOnlyList<string> Signers)
{
    public bool Grants => Scope is not null && Problems.Count == 0;
}

/// <summary>Counts signers, not keys, against the thresholds of a scope (specs: trust 4).</summary>
internal static class PolicyJudge
{
    public static PolicyVerdict Judge(TrustPolicy policy, PackageFacts facts, IReadOnlyList<VerifiedLine> lines, ICollection<Diagnostic> notes)
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

        var accepted = Accepted(scope, lines, notes);
        var counted = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in scope.Require)
        {
            var role = scope.Roles[name];
            var keys = accepted.Where(l => l.Role == name).Select(l => l.Key).ToHashSet();
            var signers = role.Signers.Where(s => Counts(policy.Signers[s], keys, lines, name)).ToArray();
            counted.UnionWith(signers);
            if (signers.Length < role.Threshold)
            {
                problems.Add(VerdictDiagnostics.ThresholdNotMet.Now(
                    facts.Title, name, scope.Match.Text, role.Threshold, signers.Length, signers.Length == 0 ? "nobody" : string.Join(", ", signers)));
            }
        }

        return new PolicyVerdict(scope, problems, [.. counted]);
    }

    /// <summary>A hybrid signer counts when all its keys signed and one of them is of an accepted algorithm.</summary>
    private static bool Counts(TrustSigner signer, HashSet<PublicKey> accepted, IReadOnlyList<VerifiedLine> lines, string role) =>
        signer.Keys.Any(accepted.Contains)
        && (!signer.RequireAllKeys || signer.Keys.All(key => lines.Any(l => l.Role == role && l.Key.Equals(key))));

    private static List<VerifiedLine> Accepted(TrustScope scope, IReadOnlyList<VerifiedLine> lines, ICollection<Diagnostic> notes)
    {
        var accepted = new List<VerifiedLine>();
        foreach (var line in lines)
        {
            if (scope.Accept.Contains(line.Key.Algorithm.Name, StringComparer.Ordinal))
            {
                accepted.Add(line);
            }
            else
            {
                notes.Add(VerdictDiagnostics.AlgorithmNotAccepted.Now(
                    scope.Match.Text, line.Key.Algorithm.Name, line.Key.Fingerprint, string.Join(", ", scope.Accept)));
            }
        }

        return accepted;
    }
}
