using System.Runtime.InteropServices;
using Capsule.Init.Linux;
using Capsule.Init.Wire;

namespace Capsule.Init.Exec;

/// <summary>The second wall around files, abstract sockets and signals (landlock(7)); uses what the kernel's ABI offers.</summary>
internal static unsafe class Landlock
{
    private const int VersionFlag = 1;
    private const int PathBeneath = 1;
    private const int PathBeneathSize = 12;
    private const int ScopesFromAbi = 6;

    /// <summary>Abstract unix sockets and signals.</summary>
    private const ulong AllScopes = 3;

    /// <summary>The file rights that exist from each ABI on.</summary>
    private static readonly ulong[] HandledByAbi = [0, 0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF];

    /// <summary>The kernel's ABI, 0 where Landlock is absent or switched off.</summary>
    public static int Abi => Math.Max(0, (int)Libc.SystemCall(CallNumbers.LandlockCreate, 0, 0, VersionFlag, 0, 0));

    /// <summary>Restricts this thread, and so what it executes. Returns the ABI used, 0 for none, minus errno on failure.</summary>
    public static int Restrict(List<(LandlockAccess Access, nint Path)> rules)
    {
        var abi = Abi;
        if (abi == 0)
        {
            return 0;
        }

        var handled = HandledByAbi[Math.Min(abi, HandledByAbi.Length - 1)];
        var attributes = stackalloc ulong[] { handled, 0, abi >= ScopesFromAbi ? AllScopes : 0 };
        var size = abi >= ScopesFromAbi ? 3 : 1;
        var ruleset = (int)Libc.SystemCall(CallNumbers.LandlockCreate, (nint)attributes, size * sizeof(ulong), 0, 0, 0);
        if (ruleset < 0)
        {
            return -Marshal.GetLastPInvokeError();
        }

        foreach (var (access, path) in rules)
        {
            var error = Allow(ruleset, (ulong)access & handled, (byte*)path);
            if (error != 0)
            {
                return -error;
            }
        }

        var failed = Libc.SystemCall(CallNumbers.LandlockRestrict, ruleset, 0, 0, 0, 0) != 0;
        return failed ? -Marshal.GetLastPInvokeError() : abi;
    }

    private static int Allow(int ruleset, ulong access, byte* path)
    {
        var folder = Libc.Open(path, Constants.OpenPathOnly | Constants.OpenDirectory | Constants.OpenCloseOnExec, 0);
        var target = folder >= 0 ? folder : Libc.Open(path, Constants.OpenPathOnly | Constants.OpenCloseOnExec, 0);
        if (target < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        var rule = stackalloc byte[PathBeneathSize];
        *(ulong*)rule = folder >= 0 ? access : access & (ulong)LandlockAccess.OfFiles;
        *(int*)(rule + sizeof(ulong)) = target;
        var error = Libc.SystemCall(CallNumbers.LandlockAddRule, ruleset, PathBeneath, (nint)rule, 0, 0) == 0
            ? 0
            : Marshal.GetLastPInvokeError();
        Libc.Close(target);
        return error;
    }
}
