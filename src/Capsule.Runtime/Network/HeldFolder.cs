using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Network;

/// <summary>
/// A folder held by descriptor, whose content others may change at any time: a package tree, or a folder that a
/// workload writes to. Nothing opened through it follows a link or leaves it (specs: sandbox 2).
/// </summary>
public sealed partial class HeldFolder : IDisposable
{
    private const int PathOnly = 0x200000;
    private const int CloseOnExec = 0x80000;
    private const int NoFollow = 0x20000;
    private const int DirectoryOnly = 0x10000;
    private const int NonBlocking = 0x800;
    private const int AtEmptyPath = 0x1000;
    private const int OpenAt2 = 437;
    private const ulong BeneathWithoutLinks = 0x2 | 0x4 | 0x8; // NO_MAGICLINKS, NO_SYMLINKS, BENEATH
    private const ushort TypeMask = 0xF000;
    private const ushort SocketKind = 0xC000;
    private const ushort RegularKind = 0x8000;
    private const ushort FolderKind = 0x4000;
    private const ushort LinkKind = 0xA000;
    private const ushort PipeKind = 0x1000;

    private static readonly TimeSpan FullPause = TimeSpan.FromMilliseconds(10);

    private readonly SafeFileHandle _folder;

    private HeldFolder(SafeFileHandle folder) => _folder = folder;

    /// <summary>Descriptor of the folder, for calls that this type does not make itself.</summary>
    internal int Number => (int)_folder.DangerousGetHandle();

    /// <summary>A path of the folder that stays true whatever happens to its name, and is short enough for any socket.</summary>
    public string StablePath => $"/proc/self/fd/{_folder.DangerousGetHandle()}";

    /// <exception cref="DirectoryNotFoundException">There is no folder of this name, or it is a link.</exception>
    public static HeldFolder Open(string path)
    {
        var handle = Native.Open(path, PathOnly | DirectoryOnly | NoFollow | CloseOnExec);
        return handle.IsInvalid ? throw new DirectoryNotFoundException($"'{path}' is not a folder.") : new HeldFolder(handle);
    }

    /// <summary>Connects to a unix socket of the folder.</summary>
    /// <param name="name">A file name without folders.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="SocketException">Nobody listens, or there is no such socket yet.</exception>
    /// <exception cref="IOException">Something else than a socket bears the name.</exception>
    public async Task<Socket> ConnectAsync(string name, CancellationToken cancel)
    {
        using var file = Native.OpenAt(_folder, name, PathOnly | NoFollow | CloseOnExec);
        if (file.IsInvalid)
        {
            throw new SocketException((int)SocketError.AddressNotAvailable);
        }

        if ((Stat(file).Mode & TypeMask) != SocketKind)
        {
            throw new IOException(NetworkDiagnostics.NotASocket.Now(name).Message);
        }

        // The descriptor names the very file that was checked; its name may meanwhile mean something else.
        var address = new UnixDomainSocketEndPoint($"/proc/self/fd/{file.DangerousGetHandle()}");
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(address, cancel);
                return socket;
            }
            catch (SocketException full) when (full.SocketErrorCode is SocketError.WouldBlock)
            {
                // As many callers wait as the server allows to wait; unlike for TCP, the kernel does not make us one of them.
                socket.Dispose();
                await Task.Delay(FullPause, cancel);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <summary>A regular file below the folder, or null when there is none that may be read.</summary>
    public HeldFile? OpenFile(string relative)
    {
        var handle = OpenBeneath(relative, NonBlocking);
        if (handle is null)
        {
            return null;
        }

        var stat = Stat(handle);
        if ((stat.Mode & TypeMask) != RegularKind)
        {
            handle.Dispose();
            return null;
        }

        return new HeldFile(handle, (long)stat.Size, DateTimeOffset.FromUnixTimeSeconds(stat.ChangeSeconds).AddTicks(stat.ChangeNanoseconds / 100));
    }

    public bool HasFolder(string relative)
    {
        using var handle = OpenBeneath(relative.Length == 0 ? "." : relative, PathOnly);
        return handle is not null && (Stat(handle).Mode & TypeMask) == FolderKind;
    }

    /// <summary>Holds a folder below this one; null when there is none.</summary>
    public HeldFolder? OpenFolder(string relative)
    {
        var handle = OpenBeneath(relative.Length == 0 ? "." : relative, PathOnly | DirectoryOnly);
        return handle is null ? null : new HeldFolder(handle);
    }

    public void Dispose() => _folder.Dispose();

    private SafeFileHandle? OpenBeneath(string relative, int flags)
    {
        var how = new OpenHow { Flags = (ulong)(flags | CloseOnExec), Resolve = BeneathWithoutLinks };
        var descriptor = Native.OpenAt2(OpenAt2, _folder, relative, how, (nuint)Marshal.SizeOf<OpenHow>());
        return descriptor < 0 ? null : new SafeFileHandle((int)descriptor, ownsHandle: true);
    }

    private static Statx Stat(SafeFileHandle file) =>
        Native.Statx(file, "", AtEmptyPath, 0x7FF, out var stat) == 0 ? stat : throw new IOException("A file could not be examined.");

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(48)]
        public ulong Blocks;

        [FieldOffset(96)]
        public long ChangeSeconds;

        [FieldOffset(104)]
        public uint ChangeNanoseconds;
    }

    private static partial class Native
    {
        [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        public static partial SafeFileHandle Open(string path, int flags);

        [LibraryImport("libc", EntryPoint = "openat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        public static partial SafeFileHandle OpenAt(SafeFileHandle folder, string path, int flags);

        [LibraryImport("libc", EntryPoint = "syscall", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        public static partial nint OpenAt2(nint number, SafeFileHandle folder, string path, in OpenHow how, nuint size);

        [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        public static partial int Statx(SafeFileHandle file, string path, int flags, uint mask, out HeldFolder.Statx stat);
    }
}

/// <summary>An open regular file of a <see cref="HeldFolder"/>.</summary>
/// <param name="Handle">Read-only descriptor; the receiver closes it.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Changed">When content or metadata last changed; unlike the modification time it cannot be set back.</param>
public sealed record HeldFile(SafeFileHandle Handle, long Length, DateTimeOffset Changed);
