using System.Formats.Tar;
using System.IO.Compression;

namespace Capsule.Runtime.Toolchains;

/// <summary>
/// Unpacks an npm archive (gzip tar whose entries lie below one top folder) into a fresh folder. Only files and folders;
/// links, devices, strange names and floods are refused with <see cref="InvalidDataException"/>.
/// </summary>
internal static class TarballUnpacker
{
    // Against decompression bombs; node with its headers and npm is about 200 MB and 6,000 files.
    private const long LargestTree = 2L << 30;
    private const int MostEntries = 50_000;

    public static async Task UnpackAsync(Stream archive, string folder, CancellationToken cancel)
    {
        await using var plain = new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true);
        await using var tar = new TarReader(plain);
        long total = 0;
        var count = 0;
        while (await tar.GetNextEntryAsync(copyData: false, cancel) is { } entry)
        {
            if (++count > MostEntries)
            {
                throw new InvalidDataException($"it holds more than {MostEntries} entries");
            }

            if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
            {
                continue;
            }

            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.Directory))
            {
                throw new InvalidDataException($"'{entry.Name}' is neither a file nor a folder");
            }

            if (RelativePath(entry.Name) is not { } relative)
            {
                continue;
            }

            var target = Path.Combine(folder, relative);
            if (entry.EntryType is TarEntryType.Directory)
            {
                Directory.CreateDirectory(target);
                continue;
            }

            total += entry.Length;
            if (entry.Length < 0 || total > LargestTree)
            {
                throw new InvalidDataException($"it unpacks to more than {LargestTree >> 20} MiB");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await using var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
            if (entry.DataStream is { } data)
            {
                await data.CopyToAsync(file, cancel);
            }
        }
    }

    /// <summary>The path below the top folder; null for the top folder itself.</summary>
    private static string? RelativePath(string name)
    {
        var parts = name.TrimEnd('/').Split('/');
        if (parts[0] is "." && parts.Length > 1)
        {
            parts = parts[1..];
        }

        if (name.Contains('\\', StringComparison.Ordinal) || name.Any(char.IsControl) || parts.Any(p => p is "" or "." or ".."))
        {
            throw new InvalidDataException($"'{string.Concat(name.Where(c => !char.IsControl(c)))}' is not a safe path");
        }

        return parts.Length == 1 ? null : Path.Combine(parts[1..]);
    }
}
