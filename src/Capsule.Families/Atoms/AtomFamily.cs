using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
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

        // What was installed lies far from its catalog: there the manifest says what it is, and whoever installs checks the rest.
        if (File.Exists(Path.Combine(project, TreeReader.DocumentPath)))
        {
            return Compiled(Unpacked(manifestPath, cancel), [], request);
        }

        if (AtomCatalog.FindRoot(project) is not { } root)
        {
            return AtomCatalogDiagnostics.NoCatalog.In(manifestPath, $"in '{project}' or above");
        }

        var catalog = AtomCatalogReader.Load(root);
        return catalog.Succeeded
            ? Compiled(AtomValidator.Validate(catalog.Value, manifestPath, AtomValidation.Default, cancel), [.. catalog.Diagnostics], request, catalog.Value.ManifestPath)
            : Result.Failed<CompiledPackage>(catalog.Diagnostics);
    }

    private static AtomReport Unpacked(string manifestPath, CancellationToken cancel)
    {
        var (folder, problems) = (Path.GetDirectoryName(manifestPath)!, new List<Diagnostic>());
        var text = SourceText.Load(manifestPath);
        problems.AddRange(text.Diagnostics);

        var atom = text.Succeeded ? AtomReader.ReadAlone(text.Value, problems) : null;
        if (atom is { Id: { } id, Version: { } version, Reference: null })
        {
            problems.Add(AtomDiagnostics.IdIsNotFolder.At(id.Span, id.Value, version.Value, folder, "the form catalog/class/slug"));
        }

        return new AtomReport { Folder = folder, Manifest = atom, Files = AtomFiles.List(folder, cancel), Problems = problems };
    }

    private static Result<CompiledPackage> Compiled(AtomReport report, Diagnostic[] notes, CompileRequest request, params IReadOnlyList<string> inputs)
    {
        var entries = report.IsValid ? Entries(report, request) : Result.Failed<IReadOnlyList<PackEntry>>([]);
        Diagnostic[] all = [.. notes, .. report.Problems, .. entries.Diagnostics];
        return report.IsValid && entries.Succeeded
            ? Result.Of(Package(report.Manifest!, entries.Value, request, inputs), all)
            : Result.Failed<CompiledPackage>(all);
    }

    private static CompiledPackage Package(AtomManifest atom, IReadOnlyList<PackEntry> entries, CompileRequest request, IReadOnlyList<string> inputs)
    {
        var reference = atom.Reference!;
        var package = new PackageReference(FamilyNames.Atom, request.Publisher ?? reference.Catalog, reference.Slug, reference.Version);
        var about = atom.Payload?.Fields.Node.Find("summary") ?? atom.Payload?.Fields.Node.Find("title");
        return new CompiledPackage
        {
            Package = package,
            Pack = new PackPlan
            {
                Package = package,
                Manifest = AtomNames.ManifestName,
                Extension = ".capsule",
                Entries = entries,
                NativeSignatures = UnsignedText.Signatures(atom.Source) is { Length: > 0 } signatures ? signatures : null,
                Description = (about?.Value as ScalarNode)?.Value as string,
            },
            Inputs = inputs,
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
            problems.Any(p => p.IsError) ? null : [.. entries.Values.OrderBy(e => e.Path, TreePathOrder.Instance)], problems);
    }
}
