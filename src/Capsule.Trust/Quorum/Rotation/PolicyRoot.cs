using System.Security.Cryptography;
using Capsule.Trust.Quorum.Counting;

namespace Capsule.Trust.Quorum.Rotation;

/// <summary>What this machine remembers of a trust file with a root role: the version it used, and who may replace it (specs: trust 4).</summary>
/// <param name="Version">The file's version.</param>
/// <param name="Digest">Lower-case hex SHA-256 of the statement that its signatures are over.</param>
/// <param name="Quorums">One for each scope with a root role; each must be reached.</param>
public sealed record PolicyRoot(long Version, string Digest, IReadOnlyList<RootQuorum> Quorums)
{
    /// <summary>Null for a file without a root role.</summary>
    public static PolicyRoot? Of(TrustPolicy policy)
    {
        RootQuorum[] quorums = [.. policy.Scopes.Where(s => s.Roles.ContainsKey(RootQuorum.Role)).Select(s => QuorumOf(policy, s))];
        return quorums.Length == 0 ? null : new PolicyRoot(policy.Version, DigestOf(policy), quorums);
    }

    /// <summary>The digest of the statement over a policy.</summary>
    public static string DigestOf(TrustPolicy policy) => Convert.ToHexStringLower(SHA256.HashData(PolicyStatement.Of(policy)));

    private static RootQuorum QuorumOf(TrustPolicy policy, TrustScope scope)
    {
        // No key of a root signer has an end: a file that has one is not loaded.
        var members = PolicyMembers.Of(policy, scope, policy.IsRevoked, DateTimeOffset.MinValue).Where(m => m.Roles.Contains(RootQuorum.Role, StringComparer.Ordinal));
        return new RootQuorum(scope.Match.Text, scope.Roles[RootQuorum.Role].Threshold, [.. members.Select(m => m with { Roles = [RootQuorum.Role] })]);
    }
}
