using Capsule.Trust.Keys;

namespace Capsule.Trust.Quorum.Registry;

/// <summary>A key as a person named it, and the key itself where it is at hand.</summary>
/// <param name="Text">An id or a fingerprint.</param>
/// <param name="Known">The public half, from the key store or a file; null for a bare fingerprint.</param>
public sealed record KeyName(string Text, KnownKey? Known)
{
    /// <summary>The fingerprint of the SubjectPublicKeyInfo, where it is known; else what was written.</summary>
    public string Fingerprint => Known?.Key.Fingerprint ?? Text;
}
