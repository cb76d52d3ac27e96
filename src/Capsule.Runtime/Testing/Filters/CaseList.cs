using Capsule.Core.Plans;

namespace Capsule.Runtime.Testing.Filters;

/// <summary>The cases of a plan as the end of a sentence.</summary>
internal static class CaseList
{
    private const int Shown = 20;

    public static string Of(TestPlan plan) => plan.Cases.Count == 0
        ? "none"
        : string.Join(", ", plan.Cases.Take(Shown).Select(c => c.Id)) + (plan.Cases.Count > Shown ? $" and {plan.Cases.Count - Shown} more" : "");
}
