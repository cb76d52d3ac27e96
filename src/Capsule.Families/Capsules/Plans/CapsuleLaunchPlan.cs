using Capsule.Core.Plans;
using Capsule.Core.Text;

namespace Capsule.Families.Capsules.Plans;

/// <summary>Compiles the chosen target into what runs (specs: sandbox 3).</summary>
internal static class CapsuleLaunchPlan
{
    public static LaunchPlan Of(PackageReference package, CapsuleManifest manifest, TargetFiles files, string manifestPath)
    {
        var target = files.Target;
        var plan = new LaunchPlan
        {
            Package = package,
            Selection = new LaunchSelection { Target = target.Label.Value },
            PublicPort = (int?)target.Port?.Value,
        };
        return target.EffectiveDriver == "static" ? Site(plan, files, manifestPath)
            : target.StartsServices ? ServicesPlan.Add(plan, manifest, files, manifestPath)
            : ProgramPlan.Add(plan, manifest, files, manifestPath);
    }

    public static Origin Origin<T>(string manifestPath, Field<T> field) => new(manifestPath, field.Pointer, SourceRange.From(field.Span));

    private static LaunchPlan Site(LaunchPlan plan, TargetFiles files, string manifestPath) => plan with
    {
        Public =
        [
            new PublicRoute
            {
                Prefix = "/",
                Files = files.IsFolder ? files.Entrypoint : ProjectPath.Parent(files.Entrypoint),
                Index = files.IsFolder ? "index.html" : Path.GetFileName(files.Entrypoint),
                Origin = Origin(manifestPath, files.Target.Entrypoint!),
            },
        ],
    };
}
