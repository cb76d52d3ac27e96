using System.Globalization;
using Capsule.Init.Linux;
using Capsule.Init.Wire;

namespace Capsule.Init.Outer;

/// <summary>
/// Attaches the detached mounts that a root runner passes in, in a mount namespace of this process alone: bubblewrap names its
/// sources by path, and the run uid may not walk to where they come from.
/// </summary>
internal static unsafe class Stage
{
    private const int FolderMode = 0x1ED; // 0755

    /// <summary>None when every source stands at <see cref="Protocol.Staging"/> and its number; else the step that failed, with errno.</summary>
    public static InitStep Sources()
    {
        var staging = NativeText.Of(Protocol.Staging);
        if (Libc.Unshare(Constants.NewMountNamespace) != 0
            || Libc.Mount(null, NativeText.Of("/"), null, Constants.MountRecursive | Constants.MountPrivate, null) != 0
            || Libc.Mount(NativeText.Of("tmpfs"), staging, NativeText.Of("tmpfs"), Constants.MountNoSetUid | Constants.MountNoDevices, NativeText.Of("size=1m,mode=0755")) != 0)
        {
            return InitStep.MountNamespace;
        }

        for (var descriptor = Protocol.FirstSourceDescriptor; ; descriptor++)
        {
            var flags = Libc.Fcntl(descriptor, Constants.GetStatusFlags, 0);
            if (flags < 0)
            {
                return InitStep.None;
            }

            // The others are files in memory, which bubblewrap reads.
            if ((flags & Constants.OpenPathOnly) != 0 && !Attach(descriptor))
            {
                return InitStep.Staging;
            }
        }
    }

    private static bool Attach(int descriptor)
    {
        var number = descriptor.ToString(CultureInfo.InvariantCulture);
        var target = NativeText.Of(Protocol.Staging + number);
        var folder = Libc.Open(NativeText.Of("/proc/self/fd/" + number), Constants.OpenPathOnly | Constants.OpenDirectory | Constants.OpenCloseOnExec, 0);
        if (folder >= 0)
        {
            Libc.Close(folder);
            Libc.MakeDirectory(target, FolderMode);
        }
        else
        {
            Libc.Close(Libc.Open(target, Constants.OpenWriteOnly | Constants.OpenCreate | Constants.OpenCloseOnExec, FolderMode));
        }

        var empty = NativeText.Of("");
        return Libc.SystemCall(
            CallNumbers.MoveMount, descriptor, (nint)empty, Constants.CurrentFolder, (nint)target, Constants.MoveMountFromEmptyPath) == 0;
    }
}
