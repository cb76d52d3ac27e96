using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Classes;
using Capsule.Families.Atoms.Model;

namespace Capsule.Families.Atoms.Rules;

/// <summary>The nine checks of an atom and the rules of its class (specs: atoms 3, 8). Every problem comes back.</summary>
public static class AtomValidator
{
    /// <param name="catalog">The atom's catalog.</param>
    /// <param name="path">The atom's folder, or its <c>atom.toml</c>.</param>
    /// <param name="options">Strictness, and what else is known.</param>
    /// <param name="cancel">Stops between two files.</param>
    public static AtomReport Validate(AtomCatalog catalog, string path, AtomValidation options, CancellationToken cancel = default)
    {
        var folder = FolderOf(path);
        var manifestPath = Path.Combine(folder, AtomNames.ManifestName);
        if (!File.Exists(manifestPath))
        {
            return new AtomReport { Folder = folder, Files = new AtomFiles(folder, [], []), Problems = [AtomDiagnostics.NoAtom.In(manifestPath, folder)] };
        }

        var text = SourceText.Load(manifestPath);
        return text.Succeeded
            ? Validate(catalog, text.Value, options, cancel)
            : new AtomReport { Folder = folder, Files = AtomFiles.List(folder, cancel), Problems = [.. text.Diagnostics.Select(d => AtomDiagnostics.NotToml.At(d.Span ?? SourceSpan.Of(manifestPath), d.Message))] };
    }

    /// <summary>The same for a text that is not yet what lies in the file.</summary>
    public static AtomReport Validate(AtomCatalog catalog, SourceText source, AtomValidation options, CancellationToken cancel = default)
    {
        var folder = Path.GetDirectoryName(source.Path)!;
        var problems = new List<Diagnostic>();
        var files = AtomFiles.List(folder, cancel);
        problems.AddRange(files.Problems);
        if (new FileInfo(source.Path).LinkTarget is not null)
        {
            problems.Add(AtomDiagnostics.IllegalFile.In(source.Path, AtomNames.ManifestName, "it is a link"));
        }

        var place = AtomPlace.Of(catalog, folder);
        var manifest = AtomReader.Read(source, place?.Class, problems);
        HashVerdict? hash = null;
        if (manifest is not null)
        {
            var check = new AtomCheck(catalog, folder, manifest, files, options, problems) { Place = place };
            EnvelopeChecks.Run(check);
            IdentityChecks.Run(check);
            PayloadChecks.Run(check);
            ProtocolCheck.Run(check);
            hash = ContentCheck.Run(check, cancel);
            ClassRules.Run(check);
        }

        return new AtomReport { Folder = folder, Manifest = manifest, Files = files, Hash = hash, Problems = Ordered(problems, options.Strict) };
    }

    /// <summary>The folder that a path to an atom means.</summary>
    public static string FolderOf(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Path.GetFileName(full) == AtomNames.ManifestName && !Directory.Exists(full) ? Path.GetDirectoryName(full)! : full;
    }

    private static Diagnostic[] Ordered(IEnumerable<Diagnostic> problems, bool strict) =>
    [
        .. problems.Select(p => strict && !p.IsError ? p with { Severity = Severity.Error } : p).Distinct()
            .OrderBy(p => p.Span?.Line ?? 0).ThenBy(p => p.Span?.Column ?? 0).ThenBy(p => p.Code, StringComparer.Ordinal),
    ];
}
