using Capsule.Core.Diagnostics;
using Capsule.Core.Files;

namespace Capsule.Trust.Keys;

/// <summary>Files that only their owner may read: refused when others can, written whole or not at all.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Reads a file of bounded size; throws <see cref="RefusedException"/> (CAP3203) when others may read or write it.</summary>
    public static byte[] Read(string path, int limit)
    {
        using var file = RegularFile.OpenRead(path, bufferSize: 1);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
        {
            throw new RefusedException(KeyDiagnostics.FileOpen.Now(path));
        }

        if (file.Length > limit)
        {
            throw new IOException("it is too large");
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Writes a new file, or replaces one, in one step.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">All of its bytes.</param>
    /// <param name="isPublic">True for a file that others may read, such as a public key.</param>
    /// <param name="replace">False keeps a file that is there and throws <see cref="IOException"/>.</param>
    public static void Write(string path, ReadOnlySpan<byte> content, bool isPublic = false, bool replace = false) =>
        WholeFile.Write(path, content, isPublic ? Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead : Owner, replace);

    /// <summary>Makes a folder that only its owner may enter.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Owner | UnixFileMode.UserExecute);
        }
    }
}
