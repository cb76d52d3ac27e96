using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Quorum;

/// <summary>One person or machine. It counts once, whatever the number of its keys.</summary>
/// <param name="Name">Its name in the trust file.</param>
/// <param name="Purpose">What its keys may sign.</param>
/// <param name="RequireAllKeys">True for a hybrid signer, who counts only when every key signed.</param>
/// <param name="Keys">At least one; no other signer has one of them.</param>
public sealed record TrustSigner(string Name, KeyPurpose Purpose, bool RequireAllKeys, IReadOnlyList<PublicKey> Keys)
{
    /// <summary>From when on a key counts for nothing; keys without an end are not in it.</summary>
    public IReadOnlyDictionary<PublicKey, DateTimeOffset> Expires { get; init; } = new Dictionary<PublicKey, DateTimeOffset>();
}
