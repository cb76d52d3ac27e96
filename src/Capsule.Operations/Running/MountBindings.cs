using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Plans.Permissions;
using Capsule.Runtime.Supervision;

namespace Capsule.Operations.Running;

/// <summary>Turns the folders that a user names into grants, before anybody is asked and anything starts.</summary>
public static class MountBindings
{
    /// <summary>The grants, or what is wrong (CAP5460 to CAP5462, and what <see cref="GrantedFolders.Open"/> refuses).</summary>
    /// <param name="plan">What asks for folders.</param>
    /// <param name="named">Mount id and absolute path, as often as the user named one.</param>
    /// <param name="home">The runner's own folder.</param>
    /// <param name="package">The folder of the package.</param>
    public static Result<Grants> Resolve(LaunchPlan plan, IReadOnlyList<KeyValuePair<string, string>> named, CapsuleHome home, string package)
    {
        var asked = GrantSummary.Asked(plan).Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
        Diagnostic[] problems =
        [
            .. named.Where(n => !asked.Contains(n.Key)).Select(n => Unknown(plan, n)),
            .. named.GroupBy(n => n.Key, StringComparer.Ordinal).Where(same => same.Count() > 1)
                .Select(same => RunningDiagnostics.MountTwice.Now(same.Key, string.Join("' and '", same.Select(n => n.Value)))),
        ];
        if (problems.Length > 0)
        {
            return Result.Failed<Grants>(problems);
        }

        var folders = GrantedFolders.Open(plan, named.ToDictionary(StringComparer.Ordinal), home, [package]);
        if (!folders.Succeeded)
        {
            return Result.Failed<Grants>(folders.Diagnostics);
        }

        using (folders.Value)
        {
            return new Grants { Mounts = folders.Value.Paths };
        }
    }

    private static Diagnostic Unknown(LaunchPlan plan, KeyValuePair<string, string> named) => GrantSummary.Asked(plan).Count == 0
        ? RunningDiagnostics.NoMounts.Now(plan.Package.Name, named.Key)
        : RunningDiagnostics.UnknownMount.Now(plan.Package.Name, named.Key, GrantSummary.Lines(plan));
}
