using Capsule.Core.Identity;

namespace Capsule.Trust.Envelopes;

/// <summary>One subject of a statement.</summary>
/// <param name="Name">For the tree identity <c>capsule-tree/1</c>, else a file name.</param>
/// <param name="Digest">Digest algorithm to lower-case hex.</param>
public sealed record Subject(string Name, IReadOnlyDictionary<string, string> Digest)
{
    /// <summary>A subject with a SHA-256 digest in lower-case hex.</summary>
    public static Subject Sha256(string name, string hex) => new(name, new Dictionary<string, string> { ["sha256"] = hex });

    /// <summary>Subject 0 for an identity <c>capsule-tree/1:&lt;hex&gt;</c>.</summary>
    public static Subject Tree(string identity) =>
        TreeIdentity.Digest(identity) is { Succeeded: true } digest
            ? Sha256(TreeIdentity.Format, digest.Value)
            : throw new ArgumentException("An identity is 'capsule-tree/1:' and 64 lower-case hex digits.", nameof(identity));

    /// <summary>The identity this subject names; null when it names none.</summary>
    public string? Identity =>
        Name == TreeIdentity.Format && Digest.Count == 1 && Digest.TryGetValue("sha256", out var hex)
        && TreeIdentity.Digest($"{Name}:{hex}").Succeeded
            ? $"{Name}:{hex}"
            : null;
}
