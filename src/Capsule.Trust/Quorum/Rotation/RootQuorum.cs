using Capsule.Trust.Quorum.Counting;

namespace Capsule.Trust.Quorum.Rotation;

/// <summary>Who decides about the next version of a trust file, as one scope's <c>roles.root</c> says.</summary>
/// <param name="Scope">The scope's pattern, for messages.</param>
/// <param name="Threshold">How many of the members must sign.</param>
/// <param name="Members">The signers of the role, by SubjectPublicKeyInfo.</param>
public sealed record RootQuorum(string Scope, int Threshold, IReadOnlyList<QuorumMember> Members)
{
    /// <summary>The role's name in a scope.</summary>
    public const string Role = "root";

    /// <summary>Counts signatures over a version of the file.</summary>
    public QuorumResult Count(IReadOnlyList<QuorumSignature> signatures) =>
        QuorumCounter.Count(new QuorumRule([new QuorumTerm(Role, Threshold)]), Members, signatures);
}
