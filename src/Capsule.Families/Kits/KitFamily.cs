using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Planning;
using Capsule.Families.Kits.Reading;
using Capsule.Families.Kits.TestFile;

namespace Capsule.Families.Kits;

/// <summary>Kits: <c>capability.yml</c> with its tests in <c>capability-test.yml</c> (specs: kits).</summary>
public sealed class KitFamily : IFamily
{
    internal static readonly string[] ManifestNames = ["capability.yml", "capability.yaml"];

    public string Name => FamilyNames.Kit;

    public bool Recognises(string fileName) => ManifestNames.Contains(fileName, StringComparer.Ordinal);

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
        var others = new KitTreeReader(request, cancel);
        var kit = others.Read(manifest, project);
        var package = new PackageReference(FamilyNames.Kit, request.Publisher, manifest.Name.Value, request.Version);
        var pack = KitPackPlan.Build(package, manifest, project, request, cancel);
        List<Diagnostic> problems = [.. notes, .. others.Problems, .. pack.Diagnostics];
        var tests = KitTestFile.Read(package, kit, project, problems);
        if (!pack.Succeeded || problems.Any(p => p.IsError))
        {
            return Result.Failed<CompiledPackage>(problems);
        }

        var sources = WorkloadSources.Missing(manifest, pack.Value);
        var compiled = new CompiledPackage
        {
            Package = package,
            Pack = pack.Value with { Entries = CarriedKits.With(pack.Value.Entries, kit, project) },
            Launch = KitLaunchPlan.Build(package, kit),
            Tests = tests,
            Toolchains = KitLaunchPlan.Toolchains(kit),
            LocalDependencies = [.. manifest.Dependencies.Where(d => d.Path is not null).Select(d => Local(d.Id.Value, d.Path!, project))],
            GitDependencies = others.Repositories,
            Dependencies = kit.All.Where(k => k.Files is not null).ToDictionary(k => k.Id, k => k.Files!, StringComparer.Ordinal),
            Inputs = others.Files,
            LaunchNotYet =
            [
                .. kit.All.SelectMany(WorkloadRelays.Unanswered),
                .. sources.Select(w => WorkloadSources.ToRun(w)),
                .. others.Missing,
            ],
        };
        return Result.Of(compiled, problems.Concat(sources.Select(w => WorkloadSources.ToPack(w))));
    }

    private static LocalDependency Local(string name, Field<string> path, string project) => new(
        name, path.Value, Path.TrimEndingDirectorySeparator(Path.GetFullPath(path.Value, project)), path.Span);
}
