using System.Runtime.InteropServices;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Init.Linux;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// Makes descriptors, every one close-on-exec from its birth, so that no program the runner starts at the same moment
/// inherits it (specs: sandbox 1, hole 7).
/// </summary>
internal static unsafe class Descriptors
{
    private const int MemoryCloseOnExec = 1;

    public static int Number(this SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    /// <summary>A file in memory with the given content, at its start.</summary>
    public static SafeFileHandle Memory(ReadOnlySpan<byte> content)
    {
        fixed (byte* name = "capsule\0"u8)
        {
            var handle = Own((int)Libc.SystemCall(CallNumbers.MemoryFile, (nint)name, MemoryCloseOnExec, 0, 0, 0));
            RandomAccess.Write(handle, content, 0);
            return handle;
        }
    }

    /// <summary>Two connected SOCK_SEQPACKET sockets; messages to the first carry their sender's kernel-checked process id.</summary>
    public static (SafeFileHandle Ours, SafeFileHandle Theirs) PacketPair()
    {
        var pair = stackalloc int[2];
        if (Libc.SocketPair(Constants.AddressUnix, Constants.SocketSequencedPacket | Constants.SocketCloseOnExec, 0, pair) != 0)
        {
            throw new IOException(LastError());
        }

        var one = 1;
        var (ours, theirs) = (Own(pair[0]), Own(pair[1]));
        if (Libc.SetSocketOption(pair[0], Constants.SocketLevel, Constants.PassCredentials, &one, sizeof(int)) != 0)
        {
            throw new IOException(LastError());
        }

        return (ours, theirs);
    }

    /// <summary>A pipe: what is written to the second end is read from the first.</summary>
    public static (SafeFileHandle Read, SafeFileHandle Write) Pipe()
    {
        var pair = stackalloc int[2];
        if (Libc.Pipe(pair, Constants.OpenCloseOnExec) != 0)
        {
            throw new IOException(LastError());
        }

        return (Own(pair[0]), Own(pair[1]));
    }

    /// <summary>Opens a path; null with errno set when it cannot be.</summary>
    public static SafeFileHandle? Open(string path, int flags)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(path + "\0"))
        {
            var descriptor = Libc.Open(text, flags | Constants.OpenCloseOnExec, 0);
            return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
        }
    }

    /// <summary>
    /// A detached copy of the mount at an open path (open_tree(2)), with what is mounted below it. It can be attached anywhere, by
    /// whoever could never walk to the original. Needs root.
    /// </summary>
    public static SafeFileHandle DetachedMount(SafeFileHandle path)
    {
        const int Flags = Constants.OpenTreeClone | Constants.OpenCloseOnExec | Constants.AtEmptyPath | Constants.AtRecursive;
        fixed (byte* empty = "\0"u8)
        {
            var descriptor = (int)Libc.SystemCall(CallNumbers.OpenTree, path.Number(), (nint)empty, Flags, 0, 0);
            return descriptor >= 0
                ? new SafeFileHandle(descriptor, ownsHandle: true)
                : throw new RefusedException(SandboxDiagnostics.RootWithoutRights.Now($"a mount cannot be detached, which needs CAP_SYS_ADMIN: {LastError()}"));
        }
    }

    /// <summary>Gives an open file or folder to the owner of another.</summary>
    public static void Give(int descriptor, FileStatus owner)
    {
        fixed (byte* empty = "\0"u8)
        {
            if (Libc.ChangeOwner(descriptor, empty, (uint)owner.Uid, (uint)owner.Gid, Constants.AtEmptyPath) != 0)
            {
                throw new IOException(LastError());
            }
        }
    }

    public static SafeFileHandle Own(int descriptor) =>
        descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw new IOException(LastError());

    public static string LastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
}
