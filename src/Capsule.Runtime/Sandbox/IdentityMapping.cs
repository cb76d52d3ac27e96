using System.Diagnostics;
using System.Globalization;
using Capsule.Init.Linux;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// Makes a detached mount show its owner's files as another user's, and write that user's files as the owner's
/// (mount_setattr(2), MOUNT_ATTR_IDMAP). Only that one user is mapped; everyone else's files stay out of reach.
/// </summary>
internal static unsafe class IdentityMapping
{
    private const string Holder = "/usr/bin/unshare";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>False where the kernel, the file system or this machine's tools cannot; the mount is unchanged then.</summary>
    public static bool Apply(SafeFileHandle mount, FileStatus owner, int user)
    {
        using var mapping = Namespace(owner, user);
        if (mapping is null)
        {
            return false;
        }

        // struct mount_attr: set, clear, propagation, user namespace.
        var attributes = stackalloc ulong[] { Constants.MountAttributeIdMap, 0, 0, (ulong)mapping.Number() };
        fixed (byte* empty = "\0"u8)
        {
            return Libc.SystemCall(CallNumbers.MountSetAttributes, mount.Number(), (nint)empty, Constants.AtEmptyPath, (nint)attributes, 4 * sizeof(ulong)) == 0;
        }
    }

    /// <summary>A user namespace is made by being in it: a program holds one just long enough for us to write its map and open it.</summary>
    private static SafeFileHandle? Namespace(FileStatus owner, int user)
    {
        if (!File.Exists(Holder))
        {
            return null;
        }

        var start = new ProcessStartInfo(Holder, ["--user", "/usr/bin/sleep", "60"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        using var holder = Process.Start(start)!;
        try
        {
            var own = File.ResolveLinkTarget("/proc/self/ns/user", false)?.Name;
            var theirs = string.Create(CultureInfo.InvariantCulture, $"/proc/{holder.Id}");
            for (var clock = Stopwatch.StartNew(); File.ResolveLinkTarget(theirs + "/ns/user", false)?.Name == own; Thread.Sleep(1))
            {
                if (clock.Elapsed > Patience || holder.HasExited)
                {
                    return null;
                }
            }

            File.WriteAllText(theirs + "/uid_map", string.Create(CultureInfo.InvariantCulture, $"{owner.Uid} {user} 1"));
            File.WriteAllText(theirs + "/gid_map", string.Create(CultureInfo.InvariantCulture, $"{owner.Gid} {user} 1"));
            return Descriptors.Open(theirs + "/ns/user", Constants.OpenReadOnly);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        finally
        {
            holder.Kill();
            holder.WaitForExit();
        }
    }
}
