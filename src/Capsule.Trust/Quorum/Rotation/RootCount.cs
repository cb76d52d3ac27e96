using Capsule.Trust.Quorum.Counting;

namespace Capsule.Trust.Quorum.Rotation;

/// <summary>One root quorum that a new version of a trust file must reach.</summary>
/// <param name="Quorum">Who decides.</param>
/// <param name="IsPrevious">True for the root of the version used before; false for the file's own.</param>
/// <param name="Result">The count.</param>
public sealed record RootCount(RootQuorum Quorum, bool IsPrevious, QuorumResult Result)
{
    /// <summary>For messages.</summary>
    public string Whose => IsPrevious ? "the previous" : "its own";

    /// <summary>Who has to sign, in words.</summary>
    public string Needs => $"{Whose} root of '{Quorum.Scope}': {Quorum.Threshold} of {string.Join(", ", Quorum.Members.Select(m => m.Name))}";
}
