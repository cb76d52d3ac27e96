using System.Runtime.InteropServices;

namespace Capsule.Init.Linux;

/// <summary>Starts a program with exactly the given descriptors and no environment, without forking managed code.</summary>
internal static unsafe class Spawner
{
    /// <summary><c>posix_spawn_file_actions_t</c> is 80 bytes in glibc and musl on 64-bit machines.</summary>
    private const int ActionsSize = 256;

    /// <summary>Starts <paramref name="path"/>; descriptor i of the list becomes descriptor i of the child. Returns the pid, or minus errno.</summary>
    public static int Start(byte* path, byte** arguments, ReadOnlySpan<int> descriptors)
    {
        // Above every number the child gets, so that no duplicate overwrites one that is still needed; and no higher, because
        // a table that grows past 64 in a process with threads makes the kernel wait for milliseconds (tests/Benchmarks).
        var above = descriptors.Length;
        Span<int> parked = stackalloc int[descriptors.Length];
        var actions = stackalloc byte[ActionsSize];
        Libc.ActionsInit(actions);
        var error = 0;
        for (var i = 0; i < descriptors.Length && error == 0; i++)
        {
            parked[i] = Libc.Fcntl(descriptors[i], Constants.DuplicateCloseOnExec, above);
            error = parked[i] < 0 ? Marshal.GetLastPInvokeError() : Libc.ActionsDuplicate(actions, parked[i], i);
        }

        var pid = 0;
        if (error == 0)
        {
            byte* none = null;
            error = Libc.Spawn(&pid, path, actions, null, arguments, &none);
        }

        Libc.ActionsDestroy(actions);
        foreach (var descriptor in parked)
        {
            if (descriptor > 0)
            {
                Libc.Close(descriptor);
            }
        }

        return error == 0 ? pid : -error;
    }
}
