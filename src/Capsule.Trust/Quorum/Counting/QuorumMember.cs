namespace Capsule.Trust.Quorum.Counting;

/// <summary>
/// One signer: a person or machine, who counts once in a role, whatever the number of keys. Members that share a key are one signer.
/// </summary>
/// <param name="Name">For people; it plays no part in counting.</param>
/// <param name="Roles">The roles the member may speak in.</param>
/// <param name="Keys">The registered keys.</param>
/// <param name="RequireAllKeys">True for a hybrid member, who counts only when every key signed.</param>
public sealed record QuorumMember(string Name, IReadOnlyList<string> Roles, IReadOnlyList<QuorumKey> Keys, bool RequireAllKeys = false);
