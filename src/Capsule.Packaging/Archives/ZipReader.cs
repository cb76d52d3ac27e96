using System.IO.Compression;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;

namespace Capsule.Packaging.Archives;

/// <summary>Reads zip archives of others by their central directory.</summary>
internal sealed class ZipReader : IArchiveReader
{
    private const int UnixTypeMask = 0xF000;
    private const int UnixLink = 0xA000;
    private const int UnixFolder = 0x4000;
    private const int UnixFile = 0x8000;

    private readonly ZipArchive _archive;
    private readonly ArchiveLimits _limits;
    private readonly long _archiveBytes;
    private Stream _open = Stream.Null;
    private int _next;
    private long _total;

    public ZipReader(Stream file, ArchiveLimits limits)
    {
        _limits = limits;
        _archiveBytes = file.Length;
        _archive = ZipDirectory.Open(file, limits);
        // The directory states sizes before anything is unpacked. What they hide, the streams below find out.
        limits.Check(_archive.Entries.Count, 0, _archiveBytes);
        limits.Check(0, _archive.Entries.Aggregate(0L, (sum, entry) => Math.Min(sum + Math.Max(entry.Length, 0), long.MaxValue >> 1)), _archiveBytes);
    }

    public Stream Content { get; private set; } = Stream.Null;

    public ArchiveMember? Next()
    {
        _open.Dispose();
        _open = Content = Stream.Null;
        if (_next == _archive.Entries.Count)
        {
            return null;
        }

        var entry = _archive.Entries[_next++];
        var name = entry.FullName;
        var shown = TreePath.Show(name);
        if (name.Contains('\uFFFD'))
        {
            throw new RefusedException(ArchiveDiagnostics.MemberName.Now(_next, "it is not valid UTF-8"));
        }

        if (entry.IsEncrypted)
        {
            throw new RefusedException(ArchiveDiagnostics.Encrypted.Now(shown));
        }

        var mode = entry.ExternalAttributes >>> 16;
        switch (mode & UnixTypeMask)
        {
            case UnixLink:
                return new ArchiveMember(ArchiveMemberKind.Link, name, 0, false, ReadTarget(entry, shown));
            case 0 or UnixFile or UnixFolder when name.EndsWith('/'):
                return new ArchiveMember(ArchiveMemberKind.Folder, name.TrimEnd('/'), 0, false);
            case 0 or UnixFile:
                _open = entry.Open();
                Content = Count(new BoundedStream(_open, entry.Length, $"'{shown}'"));
                return new ArchiveMember(ArchiveMemberKind.File, name, entry.Length, (mode & 0x49) != 0);
            default:
                throw new RefusedException(ArchiveDiagnostics.Device.Now(shown));
        }
    }

    public void Dispose() => _archive.Dispose();

    private static string ReadTarget(ZipArchiveEntry entry, string shown)
    {
        if (entry.Length is 0 or > TreePath.MaxBytes)
        {
            throw new RefusedException(ArchiveDiagnostics.MemberName.Now(0, $"the link '{shown}' has no target of 1 to 1,024 bytes"));
        }

        using var stream = entry.Open();
        using var reader = new StreamReader(new BoundedStream(stream, entry.Length, shown), Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        return reader.ReadToEnd();
    }

    // All entries may point at the same compressed bytes: the sum over all of them counts, not each for itself.
    private CountedStream Count(Stream content) => new(content, read =>
    {
        _total += read;
        _limits.Check(0, _total, _archiveBytes);
    });
}
