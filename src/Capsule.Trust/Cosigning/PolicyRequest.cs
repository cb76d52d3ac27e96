using System.Security.Cryptography;
using System.Text;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Quorum;
using Capsule.Trust.Quorum.Counting;
using Capsule.Trust.Quorum.Rotation;

namespace Capsule.Trust.Cosigning;

/// <summary>All that a root signer on another machine needs to judge and sign a trust file, and nothing secret.</summary>
/// <param name="Policy">The whole text of the file, so that its signer can read what will hold.</param>
/// <param name="Version">As the text says.</param>
/// <param name="KeyFiles">The keys that it takes from files, in its order, by fingerprint.</param>
/// <param name="Roots">The quorums that must be reached, and who may still sign.</param>
public sealed record PolicyRequest(
    string Policy, long Version, IReadOnlyList<(string File, string Fingerprint)> KeyFiles, IReadOnlyList<PolicyRequestRoot> Roots)
{
    /// <summary>The statement that is signed, byte for byte.</summary>
    public byte[] Statement => PolicyStatement.Of(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Policy))), KeyFiles, Version);

    /// <summary>The request for what is still missing.</summary>
    /// <param name="policy">The file.</param>
    /// <param name="text">Its text, without byte order mark.</param>
    /// <param name="counts">The counts that it must pass.</param>
    public static PolicyRequest For(TrustPolicy policy, string text, IReadOnlyList<RootCount> counts) => new(
        text, policy.Version, [.. policy.KeyFiles.Select(k => (k.File, k.Key.Fingerprint))],
        [.. counts.Where(c => !c.Result.IsSatisfied).Select(c => new PolicyRequestRoot(
            c.Whose, c.Quorum.Scope, c.Quorum.Threshold, [.. c.Quorum.Members.Where(m => c.Result.Terms[0].CouldSign.Contains(m.Name)).Select(Signer)]))]);

    private static CosignSigner Signer(QuorumMember member) =>
        new(member.Name, [.. member.Keys.Select(k => PublicKey.FromSpki(k.Key.Bytes)).OfType<PublicKey>().Select(k => k.Fingerprint)]);
}

/// <summary>A root quorum of a request.</summary>
/// <param name="Whose"><c>its own</c>, or <c>the previous</c>.</param>
/// <param name="Scope">The scope's pattern.</param>
/// <param name="Threshold">How many must sign.</param>
/// <param name="MaySign">Who may still.</param>
public sealed record PolicyRequestRoot(string Whose, string Scope, int Threshold, IReadOnlyList<CosignSigner> MaySign);
