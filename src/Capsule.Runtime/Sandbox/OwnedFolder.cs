using System.Globalization;
using System.Text;
using Capsule.Init.Linux;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// Gives a folder of the runner's own, with all that is in it, to a run uid. It walks by descriptor and follows no link: what
/// an earlier run left in the folder cannot lead the walk out of it.
/// </summary>
internal static unsafe class OwnedFolder
{
    public static void Give(string path, int uid)
    {
        if (Libc.GetEffectiveUid() != 0)
        {
            return;
        }

        using var handle = Descriptors.Open(path, Constants.OpenNoFollow);
        if (handle is null)
        {
            Change(Constants.CurrentFolder, path, uid);
            return;
        }

        Change(handle.Number(), "", uid);
        if (FileStatus.Of(handle.Number()) is { IsFolder: true })
        {
            GiveContents(handle, uid);
        }
    }

    private static void GiveContents(SafeFileHandle folder, int uid)
    {
        var names = Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{folder.Number()}")).Select(Path.GetFileName);
        foreach (var name in names)
        {
            using var below = OpenFolder(folder, name!);
            if (below is null)
            {
                Change(folder.Number(), name!, uid);
            }
            else
            {
                Change(below.Number(), "", uid);
                GiveContents(below, uid);
            }
        }
    }

    private static SafeFileHandle? OpenFolder(SafeFileHandle parent, string name)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + "\0"))
        {
            var descriptor = Libc.OpenAt(parent.Number(), text, Constants.OpenDirectory | Constants.OpenNoFollow | Constants.OpenCloseOnExec, 0);
            return descriptor < 0 ? null : Descriptors.Own(descriptor);
        }
    }

    private static void Change(int folder, string name, int uid)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + "\0"))
        {
            if (Libc.ChangeOwner(folder, text, (uint)uid, (uint)uid, name.Length == 0 ? Constants.AtEmptyPath : Constants.AtNoFollow) != 0)
            {
                throw new IOException($"{name}: {Descriptors.LastError()}");
            }
        }
    }
}
