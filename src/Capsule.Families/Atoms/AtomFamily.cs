using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Model;
using Capsule.Families.Atoms.Rules;
using Capsule.Families.Packing;

namespace Capsule.Families.Atoms;

/// <summary>
/// Atoms: <c>atom.toml</c> in a catalog (specs: atoms). The package of an atom holds <c>atom.toml</c> without its native signatures, so that
/// signing does not make another package of it, and the files that its hash covers.
/// </summary>
public sealed class AtomFamily : IFamily
{
    public string Name => FamilyNames.Atom;

    public bool Recognises(string fileName) => fileName == AtomNames.ManifestName;

    public Result<CompiledPackage> Compile(CompileRequest request, CancellationToken cancel = default)
    {
        var manifestPath = Path.GetFullPath(request.ManifestPath);
        var project = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.ProjectDirectory));
        if (Path.GetDirectoryName(manifestPath) != project)
        {
            return DiscoveryDiagnostics.ManifestNotInRoot.In(manifestPath, manifestPath, project);
        }

        if (AtomCatalog.FindRoot(project) is not { } root)
        {
            return AtomCatalogDiagnostics.NoCatalog.In(manifestPath, $"in '{project}' or above");
        }

        var catalog = AtomCatalogReader.Load(root);
        if (!catalog.Succeeded)
        {
            return Result.Failed<CompiledPackage>(catalog.Diagnostics);
        }

        var report = AtomValidator.Validate(catalog.Value, manifestPath, AtomValidation.Default, cancel);
        var entries = report.IsValid ? Entries(report, request) : Result.Failed<IReadOnlyList<PackEntry>>([]);
        Diagnostic[] notes = [.. catalog.Diagnostics, .. report.Problems, .. entries.Diagnostics];
        return report.IsValid && entries.Succeeded
            ? Result.Of(Package(report.Manifest!, entries.Value, request, catalog.Value), notes)
            : Result.Failed<CompiledPackage>(notes);
    }

    private static CompiledPackage Package(AtomManifest atom, IReadOnlyList<PackEntry> entries, CompileRequest request, AtomCatalog catalog)
    {
        var reference = atom.Reference!;
        var package = new PackageReference(FamilyNames.Atom, request.Publisher ?? reference.Catalog, reference.Slug, reference.Version);
        var about = atom.Payload!.Fields.Node.Find("summary") ?? atom.Payload.Fields.Node.Find("title");
        return new CompiledPackage
        {
            Package = package,
            Pack = new PackPlan
            {
                Package = package,
                Manifest = AtomNames.ManifestName,
                Extension = ".capsule",
                Entries = entries,
                Description = (about?.Value as ScalarNode)?.Value as string,
            },
            Inputs = [catalog.ManifestPath],
        };
    }

    private static Result<IReadOnlyList<PackEntry>> Entries(AtomReport report, CompileRequest request)
    {
        var problems = new List<Diagnostic>();
        var entries = new Dictionary<string, PackEntry>(StringComparer.Ordinal)
        {
            [AtomNames.ManifestName] = new(AtomNames.ManifestName, AtomNames.ManifestName) { Text = UnsignedText.Of(report.Manifest!.Source) },
        };
        foreach (var path in report.Files.Paths)
        {
            entries.Add(path, new PackEntry(path, path));
        }

        ExtraFiles.Add(new SelectionRequest { ProjectDirectory = report.Folder, ExtraFiles = request.ExtraFiles }, entries, problems);
        return new Result<IReadOnlyList<PackEntry>>(
            problems.Any(p => p.IsError) ? null : [.. entries.Values.OrderBy(e => e.Path, Core.Identity.TreePathOrder.Instance)], problems);
    }
}
