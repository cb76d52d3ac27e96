using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Planning;
using Capsule.Families.Kits.Reading;
using Capsule.Families.Kits.TestFile;

namespace Capsule.Families.Kits;

/// <summary>Kits: <c>capability.yml</c> with its tests in <c>capability-test.yml</c> (specs: kits).</summary>
public sealed class KitFamily : IFamily
{
    public string Name => FamilyNames.Kit;

    public bool Recognises(string fileName) => fileName is "capability.yml" or "capability.yaml";

    public Result<CompiledPackage> Compile(CompileRequest request, CancellationToken cancel = default)
    {
        var manifestPath = Path.GetFullPath(request.ManifestPath);
        var project = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.ProjectDirectory));
        if (Path.GetDirectoryName(manifestPath) != project)
        {
            return DiscoveryDiagnostics.ManifestNotInRoot.In(manifestPath, manifestPath, project);
        }

        var source = SourceText.Load(manifestPath);
        if (!source.Succeeded)
        {
            return Result.Failed<CompiledPackage>(source.Diagnostics);
        }

        var manifest = KitReader.Read(source.Value);
        return manifest.Succeeded
            ? Compile(request, project, manifest.Value, manifest.Diagnostics, cancel)
            : Result.Failed<CompiledPackage>(manifest.Diagnostics);
    }

    private static Result<CompiledPackage> Compile(CompileRequest request, string project, KitManifest manifest, IEnumerable<Diagnostic> notes, CancellationToken cancel)
    {
        var options = OptionValues.Resolve(manifest, request.Options);
        var package = new PackageReference(FamilyNames.Kit, request.Publisher, manifest.Name.Value, request.Version);
        var pack = KitPackPlan.Build(package, manifest, project, request, cancel);
        List<Diagnostic> problems = [.. notes, .. options.Diagnostics, .. pack.Diagnostics];
        var tests = KitTestFile.Read(package, manifest, project, problems);
        if (!options.Succeeded || !pack.Succeeded || problems.Any(p => p.IsError))
        {
            return Result.Failed<CompiledPackage>(problems);
        }

        var sources = WorkloadSources.Missing(manifest, pack.Value);
        var compiled = new CompiledPackage
        {
            Package = package,
            Pack = pack.Value,
            Launch = KitLaunchPlan.Build(package, manifest, options.Value),
            Tests = tests,
            Toolchains = KitLaunchPlan.Toolchains(manifest),
            LocalDependencies = [.. manifest.Dependencies.Where(d => d.Path is not null).Select(d => Local(d.Id.Value, d.Path!, project))],
            LaunchNotYet =
            [
                .. KitLaunchSupport.NotYet(manifest),
                .. sources.Select(w => WorkloadSources.ToRun(w)),
                .. OptionValues.MissingToRun(manifest, options.Value),
            ],
        };
        return Result.Of(compiled, problems.Concat(sources.Select(w => WorkloadSources.ToPack(w))));
    }

    private static LocalDependency Local(string name, Field<string> path, string project) => new(
        name, path.Value, Path.TrimEndingDirectorySeparator(Path.GetFullPath(path.Value, project)), path.Span);
}
