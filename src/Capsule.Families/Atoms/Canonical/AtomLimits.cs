namespace Capsule.Families.Atoms.Canonical;

/// <summary>What one atom may cost (docs: atoms). Hashing streams; only a message to sign has to be in memory.</summary>
public static class AtomLimits
{
    /// <summary>Files in an atom's folder.</summary>
    public const int Files = 10_000;

    /// <summary>Folders inside each other.</summary>
    public const int Depth = 32;

    /// <summary>Bytes of all files together that are hashed: 4 GiB.</summary>
    public const long Hashed = 4L << 30;

    /// <summary>Canonical bytes that are signed or verified: 256 MiB.</summary>
    public const int Message = 256 << 20;

    /// <summary>An asset whose content a class rule reads: 16 MiB.</summary>
    public const int Examined = 16 << 20;

    /// <summary>Bytes of all files together within which a mismatch is explained: 16 MiB.</summary>
    public const int Explained = 16 << 20;
}
