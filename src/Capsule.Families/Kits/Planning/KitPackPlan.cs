using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Families.Kits.Model;
using Capsule.Families.Packing;

namespace Capsule.Families.Kits.Planning;

/// <summary>What goes into a <c>.capakit</c>: the Kit's folder without what Kits leave out of version control (specs: kits 5).</summary>
internal static class KitPackPlan
{
    // The shared rules leave out the rest of that list.
    private static readonly Glob[] LeftOut = [.. new[] { "dist", "target" }.Select(p => Glob.Parse(p)!)];

    public static Result<PackPlan> Build(PackageReference package, KitManifest manifest, string project, CompileRequest request, CancellationToken cancel)
    {
        var entries = PackSelection.Select(
            new SelectionRequest { ProjectDirectory = project, Exclude = LeftOut, ExtraFiles = request.ExtraFiles, OutputFolders = request.OutputFolders },
            cancel);
        return !entries.Succeeded
            ? Result.Failed<PackPlan>(entries.Diagnostics)
            : Result.Of(
                new PackPlan
                {
                    Package = package,
                    Manifest = manifest.FileName,
                    Extension = ".capakit",
                    Entries = entries.Value,
                    License = manifest.License?.Value,
                },
                entries.Diagnostics);
    }
}
