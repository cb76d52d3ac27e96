using Capsule.Trust.Algorithms;
using Capsule.Trust.Quorum.Counting;

namespace Capsule.Trust.Quorum;

/// <summary>The signers of a policy as members of the quorum of one scope.</summary>
internal static class PolicyMembers
{
    public static IReadOnlyList<QuorumMember> Of(TrustPolicy policy, TrustScope scope, Func<PublicKey, bool> isRevoked, DateTimeOffset now) =>
        [.. policy.Signers.Values.Select(signer => new QuorumMember(
            signer.Name,
            [.. scope.Roles.Where(r => r.Value.Signers.Contains(signer.Name, StringComparer.Ordinal)).Select(r => r.Key)],
            [.. signer.Keys.Select(key => new QuorumKey(new KeyBytes(key.Spki), StandingOf(signer, key, scope, isRevoked, now)))],
            signer.RequireAllKeys))];

    private static KeyStanding StandingOf(TrustSigner signer, PublicKey key, TrustScope scope, Func<PublicKey, bool> isRevoked, DateTimeOffset now) =>
        isRevoked(key) ? KeyStanding.Revoked
        : signer.Expires.TryGetValue(key, out var end) && now >= end ? KeyStanding.Expired
        : scope.Accept.Contains(key.Algorithm.Name, StringComparer.Ordinal) ? KeyStanding.Usable
        : KeyStanding.NotAccepted;
}
