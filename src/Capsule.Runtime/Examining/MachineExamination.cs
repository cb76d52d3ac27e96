using System.Globalization;
using System.Runtime.InteropServices;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Init.Linux;
using Capsule.Init.Wire;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Examining;

/// <summary>
/// The examination behind <c>capsule doctor</c> (specs: platform 10): each precondition of a sandbox by itself, however many of
/// the others fail, and at the end a cell with a program in it. A run makes the same checks on its way to its first cell.
/// </summary>
public static class MachineExamination
{
    private const string Settings = "/proc/sys";
    private static readonly string[] Controllers = ["memory", "pids", "cpu"];

    public static async Task<IReadOnlyList<MachineCheck>> RunAsync(SandboxOptions options, CancellationToken cancel)
    {
        var wrong = HostTools.MachineProblem(OperatingSystem.IsLinux(), RuntimeInformation.ProcessArchitecture);
        var machine = MachineCheck.Of("machine", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}", wrong);
        if (wrong is not null)
        {
            return [machine];
        }

        var init = await InitAsync(options, cancel);
        var cell = await CellAsync(options, cancel);
        return
        [
            machine,
            await BubblewrapAsync(options, cancel),
            .. init,
            Namespaces(cell),
            Proc(cell),
            ControlGroups(options.CgroupRoot),
            Users(options),
            cell,
        ];
    }

    internal static MachineCheck ControlGroups(string root)
    {
        var groups = CgroupHost.Find(root, File.ReadLines("/proc/self/cgroup"));
        var missing = Controllers.Where(c => !groups.Has(c)).ToArray();
        return MachineCheck.Of(
            "control groups",
            groups.IsUnified ? "version 2, delegated" : "version 1",
            missing.Length == 0 ? null : SandboxDiagnostics.NoControlGroup.Now(string.Join(", ", missing)));
    }

    private static async Task<MachineCheck> BubblewrapAsync(SandboxOptions options, CancellationToken cancel)
    {
        var found = HostTools.FindBubblewrap(options);
        if (!found.Succeeded)
        {
            return new MachineCheck("bubblewrap", "", found.Diagnostics);
        }

        var said = await Task.WhenAll(HostTools.AskAsync(found.Value, "--version", cancel), HostTools.AskAsync(found.Value, "--help", cancel));
        var version = HostTools.VersionOf(said[0]);
        return MachineCheck.Of("bubblewrap", $"{version} at {found.Value}", HostTools.BubblewrapProblem(found.Value, version, said[1]));
    }

    /// <summary>The init seals itself to find out what the kernel accepts.</summary>
    private static async Task<IReadOnlyList<MachineCheck>> InitAsync(SandboxOptions options, CancellationToken cancel)
    {
        var found = HostTools.FindInit(options);
        if (!found.Succeeded)
        {
            return [new MachineCheck("init", "", found.Diagnostics)];
        }

        var facts = HostTools.Facts(await HostTools.AskAsync(found.Value, Protocol.ProbeMode, cancel));
        if (HostTools.InitProblem(found.Value, facts) is { } problem && problem.Kind != SandboxDiagnostics.SeccompRefused)
        {
            return [MachineCheck.Of("init", "", problem)];
        }

        var abi = int.Parse(facts["landlock"], CultureInfo.InvariantCulture);
        return
        [
            MachineCheck.Of("init", found.Value),
            MachineCheck.Of("seccomp", "the filter is accepted", HostTools.InitProblem(found.Value, facts)),
            MachineCheck.Of("landlock", $"ABI {abi}", abi == 0 ? SandboxDiagnostics.LandlockAbsent.Now() with { Severity = options.LandlockRequired ? Severity.Error : Severity.Warning } : null),
        ];
    }

    private static MachineCheck Namespaces(MachineCheck cell)
    {
        var failed = cell.Problems.FirstOrDefault(p => p.Kind == SandboxDiagnostics.UserNamespacesForbidden || p.Kind == SandboxDiagnostics.UserNamespacesExhausted);
        var most = KernelSettings.Value(Settings, "user/max_user_namespaces");
        return MachineCheck.Of("user namespaces", $"{most} at most", cell.Good ? null : KernelSettings.UserNamespaces(Settings, "/etc/apparmor.d") ?? failed);
    }

    private static MachineCheck Proc(MachineCheck cell) =>
        MachineCheck.Of("proc", "uncovered, or a cell's own can be mounted", cell.Good ? null : KernelSettings.Proc(File.ReadLines("/proc/self/mountinfo")));

    private static MachineCheck Users(SandboxOptions options)
    {
        var own = (int)Libc.GetEffectiveUid();
        if (own != 0)
        {
            return MachineCheck.Of("user ids", $"workloads run as you, {own}");
        }

        var lease = UidLease.Take(options.UidRange, options.LeaseFolder);
        lease.Value?.Dispose();
        return new MachineCheck("user ids", $"{options.UidRange} for workloads, because you are root", lease.Diagnostics);
    }

    /// <summary>Opens an empty cell and runs a program in it.</summary>
    private static async Task<MachineCheck> CellAsync(SandboxOptions options, CancellationToken cancel)
    {
        var report = await SandboxPreflight.RunAsync(options, cancel);
        return report.Succeeded
            ? MachineCheck.Of("sandbox", $"a program ran in a cell of {report.Value.Enforcement.Backend} {report.Value.Enforcement.BackendVersion}, as user {report.Value.Enforcement.Uid}; refused system calls are {report.Value.Enforcement.RefusedCalls}")
            : new MachineCheck("sandbox", "nothing can start", report.Diagnostics);
    }
}
