namespace Capsule.Families.Atoms.Canonical;

/// <summary>How a stored <c>content_hash</c> stands to the files.</summary>
public enum HashState
{
    /// <summary>Nothing is stored.</summary>
    Empty,

    Match,

    /// <summary>The stored hash is that of the one asset, as the reference canonicalizer computes it.</summary>
    Legacy,

    Mismatch,
}
