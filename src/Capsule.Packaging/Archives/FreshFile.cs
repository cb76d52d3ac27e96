using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;

namespace Capsule.Packaging.Archives;

/// <summary>A file that appears whole or not at all: written under another name in the same folder, synced, renamed.</summary>
internal sealed class FreshFile : IDisposable
{
    private readonly string _temporary;
    private readonly string _path;
    private bool _committed;

    public FreshFile(string path)
    {
        _path = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(_path)!;
        _temporary = Path.Combine(folder, $".{Path.GetFileName(_path)}.{RandomNumberGenerator.GetHexString(12, lowercase: true)}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            StaleFiles.Sweep(folder, $".{Path.GetFileName(_path)}.{new string('?', 12)}.tmp");
            Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(DiskWrites.Describe(e, _path));
        }
    }

    public FileStream Stream { get; }

    /// <summary>Makes the content durable and gives it its name, replacing what had it.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _committed = true;
        DiskWrites.SyncFolder(Path.GetDirectoryName(_path)!);
    }

    public void Dispose()
    {
        if (_committed)
        {
            return;
        }

        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // Its buffer did not fit on the disk either; the file goes away anyway.
        }

        File.Delete(_temporary);
    }
}
