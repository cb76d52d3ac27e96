using System.Runtime.InteropServices;
using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Sandbox;

/// <summary>What a plan demands of the machine beyond the walls that every cell has.</summary>
internal static partial class MachineRules
{
    private const int ScopesFromAbi = 6;

    /// <param name="request">The plan's demands.</param>
    /// <param name="landlockAbi">What the kernel has; 0 for none.</param>
    /// <param name="landlockRequired">The user demands it for every package.</param>
    public static IEnumerable<Diagnostic> Check(CellRequest request, int landlockAbi, bool landlockRequired = false)
    {
        if (landlockAbi == 0)
        {
            yield return SandboxDiagnostics.LandlockAbsent.Now() with { Severity = landlockRequired || request.Requires.Landlock ? Severity.Error : Severity.Warning };
        }

        if (request.HostNetwork && landlockAbi < ScopesFromAbi)
        {
            yield return SandboxDiagnostics.HostNetworkUnscoped.Now(request.Name, landlockAbi);
        }

        if (request.Requires.Gpu is { } gpu && !request.Gpu)
        {
            yield return SandboxDiagnostics.GpuNotOffered.Now(request.Name, gpu);
        }

        var here = RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
        if (request.Requires.Machine is { } machine && machine != here)
        {
            yield return SandboxDiagnostics.WrongMachine.Now(request.Name, machine, here);
        }
        else if (request.Requires.Loader is { } loader && !File.Exists(loader))
        {
            yield return SandboxDiagnostics.LoaderAbsent.Now(request.Name, loader);
        }
        else if (request.Requires.Glibc is { } wanted && Version.TryParse(wanted, out var least) && Glibc() is { } glibc && glibc < least)
        {
            yield return SandboxDiagnostics.GlibcTooOld.Now(request.Name, least, glibc);
        }
    }

    /// <summary>Null where the C library is another one.</summary>
    private static Version? Glibc()
    {
        try
        {
            return Version.TryParse(Marshal.PtrToStringUTF8(GlibcVersion()), out var version) ? version : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "gnu_get_libc_version")]
    private static partial nint GlibcVersion();
}
