using Capsule.Core.Identity;

namespace Capsule.Core.Files;

/// <summary>
/// Opens what a user, a project or a feed names. Opening a pipe waits for somebody to write to it and a device may never end, so
/// whatever is no file is refused before it is opened: <see cref="IOException"/>.
/// </summary>
public static class RegularFile
{
    /// <summary>Why a path is refused, as the end of a sentence.</summary>
    public const string Reason = "it is a pipe, a socket or a device, and a file is needed";

    /// <summary>True when reading could block or never end. Links are followed; what does not exist is not special.</summary>
    public static bool IsSpecial(string path) => FileTypeReader.ReadTarget(path) == FileType.Special;

    /// <summary>Opens for reading, shared with other readers.</summary>
    /// <param name="path">The file; a link to one is followed.</param>
    /// <param name="bufferSize">Bytes; 0 or 1 for none.</param>
    /// <param name="options">How it will be read.</param>
    public static FileStream OpenRead(string path, int bufferSize = 4096, FileOptions options = FileOptions.None) => IsSpecial(path)
        ? throw new IOException(Reason)
        : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize, options);

    /// <summary>All bytes, of at most <paramref name="limit"/>; a larger file is an <see cref="IOException"/>.</summary>
    public static byte[] ReadAllBytes(string path, int limit)
    {
        using var file = OpenRead(path, bufferSize: 1);
        if (file.Length > limit)
        {
            throw new IOException("it is too large");
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
