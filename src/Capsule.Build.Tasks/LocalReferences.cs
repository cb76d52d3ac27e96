using Capsule.Core.Diagnostics;
using Capsule.Families;

namespace Capsule.Build.Tasks;

/// <summary>
/// What a manifest takes from another folder, the project has to refer to: MSBuild orders projects by their references, and
/// finds none in a manifest (specs: msbuild-sdk 5.2).
/// </summary>
internal static class LocalReferences
{
    /// <param name="package">The package with its dependencies.</param>
    /// <param name="project">The project file, for the place that the message names.</param>
    /// <param name="referred">Absolute paths of the projects and the manifests that the project refers to.</param>
    public static IReadOnlyList<Diagnostic> Check(CompiledPackage package, string project, IReadOnlyCollection<string> referred)
    {
        var folders = referred.Select(Path.GetDirectoryName).ToHashSet(StringComparer.Ordinal);
        return [.. package.LocalDependencies.Where(d => !folders.Contains(d.Folder)).Select(d => Unmet(d, project))];
    }

    private static Diagnostic Unmet(LocalDependency dependency, string project)
    {
        if (!FamilyCatalog.Recognise(dependency.Folder).Succeeded)
        {
            return SdkDiagnostics.DependencyMissing.At(dependency.Span, dependency.Name, dependency.Written);
        }

        var found = Directory.EnumerateFiles(dependency.Folder, "*.*proj").Order(StringComparer.Ordinal).FirstOrDefault();
        var file = found ?? Path.Combine(dependency.Folder, Path.GetFileName(dependency.Folder) + ".capproj");
        var include = Path.GetRelativePath(Path.GetDirectoryName(project)!, file).Replace('\\', '/');
        var place = Path.GetFileName(project) + (found is null ? ", and put that project beside the other manifest" : "");
        return SdkDiagnostics.DependencyNotReferenced.At(dependency.Span, dependency.Name, dependency.Written, include, place);
    }
}
