using Capsule.Core.Plans;

namespace Capsule.Operations.Testing;

/// <summary>A plan without what its tests stub: nothing of that is prepared or started, and it needs neither folders nor secrets.</summary>
internal static class StubbedPlan
{
    public static LaunchPlan Of(LaunchPlan plan, IReadOnlyList<StubPlan> stubs)
    {
        if (stubs.Count == 0)
        {
            return plan;
        }

        var gone = stubs.SelectMany(s => s.Cells).ToHashSet(StringComparer.Ordinal);
        bool IsGone(string process) => gone.Contains(process.Split('/')[0]);
        return plan with
        {
            Stubs = stubs,
            Relays = plan.Relays?.Where(r => !IsGone(r.Id)).ToArray() is { Length: > 0 } relays ? relays : null,
            Cells =
            [
                .. plan.Cells.Where(c => !gone.Contains(c.Id))
                    .Select(c => c with { Processes = [.. c.Processes.Select(p => p with { DependsOn = [.. p.DependsOn.Where(d => !IsGone(d))] })] }),
            ],
        };
    }
}
