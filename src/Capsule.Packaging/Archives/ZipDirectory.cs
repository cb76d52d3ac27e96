using System.Buffers.Binary;
using System.IO.Compression;
using Capsule.Core.Diagnostics;

namespace Capsule.Packaging.Archives;

/// <summary>
/// Opens zip archives whose central directory is of a sane length. The platform's reader makes an object for every
/// record it finds before anyone can count them: a gigabyte of directory would be tens of gigabytes of memory.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int MaxCommentLength = ushort.MaxValue;
    private const int MaxDirectoryBytes = 32 << 20;

    /// <summary>Opens a seekable file, which is closed with the archive; CAP2100, CAP2107 or CAP2108 when its end is not in order.</summary>
    public static ZipArchive Open(Stream file, ArchiveLimits limits)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndLength + MaxCommentLength)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        file.Position = 0;
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + EndLength > tail.Length)
        {
            throw new RefusedException(ArchiveDiagnostics.Truncated.Now("its list of members"));
        }

        var end = tail.AsSpan(at);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        var start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        if (count > limits.MaxEntries || count == ushort.MaxValue)
        {
            throw new RefusedException(ArchiveDiagnostics.TooManyEntries.Now(Math.Min(limits.MaxEntries, ushort.MaxValue - 1)));
        }

        if (start == uint.MaxValue)
        {
            throw new RefusedException(ArchiveDiagnostics.TooLarge.Now(uint.MaxValue));
        }

        // All that lies between the directory's start and the end record may be read as members.
        if (file.Length - tail.Length + at - start > MaxDirectoryBytes)
        {
            throw new RefusedException(ArchiveDiagnostics.TooManyEntries.Now(limits.MaxEntries));
        }

        return new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: false);
    }
}
