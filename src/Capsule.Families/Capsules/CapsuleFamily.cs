using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Capsules.Plans;
using Capsule.Families.Capsules.Rules;
using Capsule.Families.Capsules.Shapes;

namespace Capsule.Families.Capsules;

/// <summary>Capsules: <c>capsule.toml</c> of schema 0.2 with targets of the runtimes web and source (specs: ato 1).</summary>
public sealed class CapsuleFamily : IFamily
{
    public const string ManifestName = "capsule.toml";

    public string Name => FamilyNames.Capsule;

    public bool Recognises(string fileName) => fileName == ManifestName;

    public Result<CompiledPackage> Compile(CompileRequest request, CancellationToken cancel = default)
    {
        var manifestPath = Path.GetFullPath(request.ManifestPath);
        var project = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.ProjectDirectory));
        if (Path.GetDirectoryName(manifestPath) != project)
        {
            return DiscoveryDiagnostics.ManifestNotInRoot.In(manifestPath, manifestPath, project);
        }

        request = request with { ManifestPath = manifestPath, ProjectDirectory = project };
        var text = SourceText.Load(manifestPath);
        if (text.Value is not { } source)
        {
            return Result.Failed<CompiledPackage>(text.Diagnostics);
        }

        var document = TomlReader.Read(source);
        var problems = new List<Diagnostic>(document.Diagnostics);
        if (document.Value is not { } root || FieldReader.Root(root, CapsuleDiagnostics.Fields, problems, CapsuleShape.Manifest) is not { } top)
        {
            return Result.Failed<CompiledPackage>(problems);
        }

        var manifest = CapsuleManifestReader.Read(top);
        problems.AddRange(request.Options.Keys.Order(StringComparer.Ordinal).Select(o => CapsuleDiagnostics.NoOptions.Now(o)));
        problems.AddRange(TopLevelRules.Check(manifest, manifest.HasExecution ? top.KeySpan("execution") : null, top.Place));
        problems.AddRange(TextRules.Check(manifest));
        problems.AddRange(ServiceRules.Check(manifest));
        problems.AddRange(manifest.Targets.SelectMany(TargetRules.Check));
        problems.AddRange(OwnPortIsNotGranted.Check(manifest));
        CompiledPackage? compiled = null;
        if (problems.Any(p => p.IsError))
        {
            // No package comes of it, but missing files are reported with what else is wrong.
            CapsuleCompilation.FindFiles(request, manifest, problems);
        }
        else
        {
            compiled = new CapsuleCompilation(request, manifest, problems).Run(cancel);
        }

        return new Result<CompiledPackage>(problems.Any(p => p.IsError) ? null : compiled, Ordered(problems));
    }

    private static Diagnostic[] Ordered(IEnumerable<Diagnostic> problems) =>
        [.. problems.Distinct().OrderBy(p => p.Span?.Line ?? 0).ThenBy(p => p.Span?.Column ?? 0).ThenBy(p => p.Code, StringComparer.Ordinal)];
}
