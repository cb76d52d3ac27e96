using Capsule.Core.Plans;

namespace Capsule.Runtime.Testing.Stubs;

/// <summary>The processes and exits that a plan names and stubs answer for.</summary>
internal static class StubbedProcesses
{
    /// <summary>Each once, with its stub.</summary>
    public static IEnumerable<(string Process, StubPlan Stub)> Of(LaunchPlan plan) =>
        from process in plan.Cells.SelectMany(c => c.Processes).SelectMany(p => p.Peers).Select(p => p.Process)
            .Concat(plan.Public.Select(r => r.Process).OfType<string>())
            .Concat((plan.Stubs ?? []).SelectMany(s => s.Answers).Select(a => a.Process))
            .Distinct(StringComparer.Ordinal)
        let stub = plan.Stubs?.FirstOrDefault(s => s.Cells.Contains(process.Split('/')[0], StringComparer.Ordinal))
        where stub is not null
        select (process, stub);
}
