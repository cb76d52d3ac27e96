using System.Runtime.InteropServices;

namespace Capsule.Families.Packing;

/// <summary>
/// Tells files from pipes, sockets and devices, which the platform's own API does not, and which would block or never
/// end when they are read as files.
/// </summary>
internal static class FileKind
{
    private const int AtCurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint TypeOnly = 1;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;

    public static bool IsRegular(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        var status = new byte[256];
        return Statx(AtCurrentFolder, path, NoFollow, TypeOnly, status) == 0
            && (BitConverter.ToUInt16(status, ModeOffset) & TypeMask) == RegularFile;
    }

    [DllImport("libc", EntryPoint = "statx", BestFitMapping = false)]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);
}
