using System.IO.Compression;
using Capsule.Core.Diagnostics;
using Capsule.Packaging.Compression;

namespace Capsule.Packaging.Archives;

/// <summary>Finds an archive's format by its first bytes, never by its name.</summary>
internal static class ArchiveOpener
{
    /// <summary>Opens tar, tar in zstd or gzip, or zip; anything else is CAP2113.</summary>
    /// <param name="file">The archive, seekable and at its start; closed with the reader.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="limits">Bounds for what comes out.</param>
    public static IArchiveReader Open(Stream file, string name, ArchiveLimits limits)
    {
        Span<byte> head = stackalloc byte[TarBlock.Length];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        head = head[..read];
        file.Position = 0;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
        {
            return new TarReader(Guard(new ZstdDecompressor(file), file.Length, limits), limits);
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return new TarReader(Guard(new GZipStream(file, CompressionMode.Decompress), file.Length, limits), limits);
        }

        if (head.StartsWith("PK\u0003\u0004"u8))
        {
            return new ZipReader(file, limits);
        }

        return read == TarBlock.Length && new TarBlock(head) is { IsZero: false, HasRightSum: true }
            ? new TarReader(file, limits)
            : throw new RefusedException(ArchiveDiagnostics.UnknownFormat.In(name, name));
    }

    /// <summary>Decompressed data that stops where the limits end (CAP2108, CAP2109).</summary>
    public static Stream Guard(Stream decompressed, long archiveBytes, ArchiveLimits limits)
    {
        var total = 0L;
        return new CountedStream(decompressed, read =>
        {
            total += read;
            limits.Check(0, total, archiveBytes);
        });
    }
}
