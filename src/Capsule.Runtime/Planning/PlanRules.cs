using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Relays;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Testing.Stubs;

namespace Capsule.Runtime.Planning;

/// <summary>
/// What must hold of any plan, whichever family made it, before a run folder or a sandbox exists (specs: sandbox 3). What would
/// silently be a weaker wall is an error here.
/// </summary>
internal static class PlanRules
{
    private const int LongestSeconds = 24 * 60 * 60;

    /// <summary>Every problem of the plan; none when it can be started.</summary>
    public static IEnumerable<Diagnostic> Check(LaunchPlan plan) =>
    [
        .. Names(plan),
        .. plan.Cells.SelectMany(c => c.Processes).SelectMany(Process),
        .. References(plan),
        .. RelayRules.Check(plan),
        .. plan.Cells.SelectMany(LimitRules.Check),
        .. plan.Cells.SelectMany(ListenerRules.Check),
        .. plan.Cells.SelectMany(c => c.Processes).SelectMany(EgressRules.Check),
        .. plan.Cells.SelectMany(Mounts),
    ];

    private static IEnumerable<Diagnostic> Names(LaunchPlan plan) =>
        Repeated(plan.Cells.Select(c => c.Id)).Select(id => PlanDiagnostics.Twice.Now("cells", id))
            .Concat(Repeated(plan.Cells.SelectMany(c => c.Processes).Select(p => p.Id)).Select(id => PlanDiagnostics.Twice.Now("processes", id)));

    private static IEnumerable<Diagnostic> Process(ProcessPlan process)
    {
        if (process.Argv is not null == process.Shell is not null || process.Argv is { Count: 0 } or [""])
        {
            yield return PlanDiagnostics.Command.Now(process.Id, process.Argv is { Count: > 0 } && process.Shell is not null ? "both a program and a shell line" : "nothing");
        }

        if (process.Ready.Kind is not ReadyKind.Started && process.Ready.TimeoutSeconds is < 1 or > LongestSeconds)
        {
            yield return PlanDiagnostics.Seconds.Now("The time to get ready", process.Id, process.Ready.TimeoutSeconds, 1, LongestSeconds);
        }

        if (process.Stop.GraceSeconds is < 0 or > LongestSeconds)
        {
            yield return PlanDiagnostics.Seconds.Now("The time to stop", process.Id, process.Stop.GraceSeconds, 0, LongestSeconds);
        }

        if (!SupervisedProcess.Signals.ContainsKey(process.Stop.Signal))
        {
            yield return PlanDiagnostics.Signal.Now(process.Id, process.Stop.Signal, string.Join(", ", SupervisedProcess.Signals.Keys));
        }

        foreach (var name in process.Env.Keys.Where(n => n.Length == 0 || n.AsSpan().ContainsAny('=', '\0')))
        {
            yield return PlanDiagnostics.VariableName.Now(process.Id, name.Replace("\0", "\\0", StringComparison.Ordinal));
        }
    }

    /// <summary>Whatever is named must be there: a missing dependency would be no dependency at all.</summary>
    private static IEnumerable<Diagnostic> References(LaunchPlan plan)
    {
        var processes = plan.Cells.SelectMany(c => c.Processes).GroupBy(p => p.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var relays = (plan.Relays ?? []).Select(r => r.Id).Concat(StubbedProcesses.Of(plan).Select(s => s.Process)).ToHashSet(StringComparer.Ordinal);
        foreach (var process in processes.Values)
        {
            foreach (var needed in process.DependsOn.Concat(process.Peers.Select(p => p.Process).Where(id => !relays.Contains(id))).Where(id => !processes.ContainsKey(id)).Distinct())
            {
                yield return PlanDiagnostics.UnknownProcess.Now($"'{process.Id}'", needed);
            }

            if (process.Ready.Listener is { } probed && process.Listen.All(l => l.Name != probed))
            {
                yield return PlanDiagnostics.UnknownListener.Now($"The readiness of '{process.Id}'", probed, process.Id);
            }
        }

        foreach (var route in plan.Public.Where(r => r.Process is { } id && !relays.Contains(id)))
        {
            if (!processes.TryGetValue(route.Process!, out var target))
            {
                yield return PlanDiagnostics.UnknownProcess.Now($"The public path '{route.Prefix}'", route.Process);
            }
            else if (target.Listen.All(l => route.Listener is not null && l.Name != route.Listener))
            {
                yield return PlanDiagnostics.UnknownListener.Now($"The public path '{route.Prefix}'", route.Listener ?? "", target.Id);
            }
        }
    }

    /// <summary>The same rules as for a sandbox, before the first of several is open.</summary>
    private static IEnumerable<Diagnostic> Mounts(CellPlan cell)
    {
        foreach (var mount in cell.Mounts.Where(m => m.Source is { } source && (source.StartsWith('/') || source.Split('/').Contains(".."))))
        {
            yield return PlanDiagnostics.SourceOutside.Now(mount.Id, cell.Id, mount.Source);
        }

        var mounts = cell.Mounts.Select(m => new CellMount(m.Kind is MountKind.Tmp ? null : m.Id, m.Target, m.Access));
        foreach (var problem in MountRules.CheckTargets(new CellRequest { Name = cell.Id, Mounts = [.. mounts] }))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Repeated(IEnumerable<string> names) => names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key);
}
