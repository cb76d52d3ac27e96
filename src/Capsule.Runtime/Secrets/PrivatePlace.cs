using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Init.Linux;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Secrets;

/// <summary>Folders and files that must be their owner's alone. Whatever is not is refused, for its content may be anybody's.</summary>
internal static class PrivatePlace
{
    public const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute;
    private const int ForOthers = 0x3F; // 077

    /// <summary>Makes a folder, or checks the one that is there. Throws <see cref="RefusedException"/> (CAP5700).</summary>
    public static void Folder(string path)
    {
        if (!Directory.Exists(path) && !OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, FolderMode);
        }

        Directory.CreateDirectory(path);
        Check(path);
    }

    /// <summary>All bytes of a file; null when there is none. Throws <see cref="RefusedException"/> (CAP5700) and <see cref="IOException"/>.</summary>
    public static byte[]? Read(string path, int limit)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        Check(path);
        return RegularFile.ReadAllBytes(path, limit);
    }

    private static void Check(string path)
    {
        if (!OperatingSystem.IsLinux() || FileStatus.Of(path) is not { } status)
        {
            return;
        }

        var problem = status.IsLink ? "it is a link"
            : status.Uid != (int)Libc.GetEffectiveUid() ? "it belongs to another user"
            : (status.Mode & ForOthers) != 0 ? "others may read or change it"
            : null;
        if (problem is not null)
        {
            throw new RefusedException(SecretDiagnostics.OpenToOthers.Now(path, problem));
        }
    }
}
