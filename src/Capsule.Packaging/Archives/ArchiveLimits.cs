using Capsule.Core.Diagnostics;

namespace Capsule.Packaging.Archives;

/// <summary>Bounds for archives of others, checked before the first byte is written. The packer keeps to them too.</summary>
public sealed record ArchiveLimits
{
    public static readonly ArchiveLimits Default = new();

    /// <summary>Members, folders included: many tiny members exhaust memory and inodes.</summary>
    public int MaxEntries { get; init; } = 200_000;

    /// <summary>Bytes of all files together: fills the disk.</summary>
    public long MaxBytes { get; init; } = 8L << 30;

    /// <summary>
    /// How many times its own size an archive may unpack to, once that is more than <see cref="FreeBytes"/>: a bomb.
    /// Honest text reaches about 20.
    /// </summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>Bytes that any archive may unpack to, however well they were compressed.</summary>
    public long FreeBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of one extended header or long name; names are at most 1,024.</summary>
    public int MaxHeaderBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of a metadata member (tree document, SBOM, provenance), held in memory.</summary>
    public int MaxMetadataBytes { get; init; } = 64 << 20;

    /// <summary>Refuses totals out of bounds (CAP2107 to CAP2109).</summary>
    internal void Check(long entries, long bytes, long archiveBytes)
    {
        if (entries > MaxEntries)
        {
            throw new RefusedException(ArchiveDiagnostics.TooManyEntries.Now(MaxEntries));
        }

        if (bytes > MaxBytes)
        {
            throw new RefusedException(ArchiveDiagnostics.TooLarge.Now(MaxBytes));
        }

        if (bytes > FreeBytes && bytes / MaxRatio > archiveBytes)
        {
            throw new RefusedException(ArchiveDiagnostics.Ratio.Now(archiveBytes, MaxRatio));
        }
    }
}
