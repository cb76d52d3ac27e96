using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Detecting;
using Capsule.Operations.Atoms.Fetching;

namespace Capsule.Operations.Atoms.Importing;

/// <summary><c>import</c>: makes a draft of a document that lies somewhere else (specs: atoms 9). The document's bytes stay as they are.</summary>
public static class AtomImport
{
    public static async Task<AtomOutcome> RunAsync(AtomCall call, ImportRequest request, CancellationToken cancel)
    {
        var opened = AtomSession.Open(call);
        if (!opened.Succeeded)
        {
            return AtomOutcome.Failed(opened.Diagnostics);
        }

        var (session, notes) = (opened.Value, new List<Diagnostic>(opened.Diagnostics));
        if (Wrong(session.Catalog, request) is { } wrong)
        {
            return AtomOutcome.Failed([.. notes, wrong]);
        }

        var fetched = await FetchAsync(session, request, cancel);
        notes.AddRange(fetched.Diagnostics);
        if (fetched.Value is not { } document)
        {
            return AtomOutcome.Failed(notes);
        }

        var imported = new ImportedDocument(document.Address, document.MediaType, document.Bytes);
        var detection = FormatDetector.Detect(imported);
        notes.AddRange(detection.Notes);
        var chosen = ClassOf(session.Catalog, request, detection, notes);
        if (!chosen.Succeeded)
        {
            return AtomOutcome.Failed([.. notes, .. chosen.Diagnostics]);
        }

        var slug = request.Slug ?? (detection.Classes.Contains(chosen.Value) ? detection.Slug : null) ?? UrlSlug.Of(imported.Address);
        if (slug is null)
        {
            return AtomOutcome.Failed([.. notes, AtomCatalogDiagnostics.Usage.Now("No slug can be made of the address; give one with --slug.")]);
        }

        var atom = new AtomReference(session.Catalog.Name.Value, chosen.Value, slug, request.Version);
        return await WriteAsync(session, atom, detection, imported, document, request.Force, notes, cancel);
    }

    private static async Task<AtomOutcome> WriteAsync(
        AtomSession session, AtomReference atom, Detection detection, ImportedDocument imported, Fetched document, bool force, List<Diagnostic> notes, CancellationToken cancel)
    {
        var folder = Path.Combine(session.Catalog.Root, session.Catalog.PlaceOf(atom));
        var manifest = Path.Combine(folder, AtomNames.ManifestName);
        if (Directory.Exists(folder) || File.Exists(folder))
        {
            if (!force)
            {
                return AtomOutcome.Failed([.. notes, AtomImportDiagnostics.Exists.In(folder, atom)]);
            }

            notes.Add(AtomImportDiagnostics.Replaced.In(manifest, atom));
        }

        var asset = atom.Slug + AssetExtension.Of(imported, atom.Class);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [asset] = document.Bytes,
            [AtomNames.ManifestName] = Encoding.UTF8.GetBytes(AtomSkeleton.Write(atom, session.Catalog, detection, document, asset, session.Call.Now)),
        };
        if (await ImportTarget.WriteAsync(atom, folder, files, force, cancel) is { } problem)
        {
            return AtomOutcome.Failed([.. notes, problem]);
        }

        notes.Add(AtomImportDiagnostics.Complete.In(manifest, string.Join(", ", AtomSkeleton.Missing(session.Catalog, atom.Class, detection, document.Address))));
        return new AtomOutcome([new AtomResult { Id = atom.ToString(), Path = session.Relative(manifest), Lifecycle = AtomNames.Draft }], notes);
    }

    private static async Task<Result<Fetched>> FetchAsync(AtomSession session, ImportRequest request, CancellationToken cancel)
    {
        if (AddressOf(session.Call, request.Address) is not { } address)
        {
            return AtomCatalogDiagnostics.Usage.Now($"'{request.Address}' is no address of https, http or file, and no path.");
        }

        using var fetcher = new Fetcher(FetchRules.Of(session.Settings));
        var answer = await fetcher.GetAsync(address, cancel);
        Diagnostic[] notes = address.Scheme == "http" ? [AtomFetchDiagnostics.NotEncrypted.Now(Fetcher.Show(address))] : [];
        return new Result<Fetched>(answer.Document, answer.Problem is { } problem ? [.. notes, problem] : notes);
    }

    /// <summary>An address as it is given; what has no scheme is a path. Null for schemes that are not fetched.</summary>
    internal static Uri? AddressOf(AtomCall call, string text)
    {
        var scheme = text.IndexOf(':', StringComparison.Ordinal);
        if (scheme > 1 && text[..scheme].All(char.IsAsciiLetterOrDigit))
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" or "file" ? address : null;
        }

        return text.Length == 0 || text.Contains('\0', StringComparison.Ordinal) ? null : new Uri("file://" + string.Join('/', Path.GetFullPath(text, call.WorkingDirectory).Split('/', '\\').Select(Uri.EscapeDataString)));
    }

    /// <summary>What is wrong with the call itself, before anything is fetched.</summary>
    private static Diagnostic? Wrong(AtomCatalog catalog, ImportRequest request) =>
        request.Class is { } name && !catalog.Classes.Contains(name) ? Undeclared(catalog, name)
            : request.Slug is { } slug && !AtomNames.IsSlug(slug) ? AtomCatalogDiagnostics.Usage.Now($"'{slug}' is no slug: lower-case letters and digits, joined by single dots, hyphens or underscores.")
            : !AtomNames.IsVersion(request.Version) ? AtomCatalogDiagnostics.Usage.Now($"'{request.Version}' is no version of Semantic Versioning 2.0.0.")
            : null;

    private static Result<string> ClassOf(AtomCatalog catalog, ImportRequest request, Detection detection, List<Diagnostic> notes)
    {
        if (request.Class is { } named)
        {
            if (detection.Classes.Count > 0 && !detection.Classes.Contains(named))
            {
                notes.Add(DetectionDiagnostics.Contradiction.Now($"The document, by {detection.Evidence},", $"{detection.Format} (class {detection.Classes[0]})", "--class", $"'{named}'"));
            }

            return named;
        }

        if (detection.Classes.Count == 0)
        {
            return DetectionDiagnostics.ClassUnknown.Now(
                $"No class can be told for this document: it is {detection.Format}.", $"Name one with --class. The catalog declares: {string.Join(", ", catalog.Classes)}.");
        }

        return detection.Classes.FirstOrDefault(catalog.Classes.Contains) is { } declared ? declared : Undeclared(catalog, detection.Classes[0], $" The document is {detection.Format}, by {detection.Evidence}.");
    }

    private static Diagnostic Undeclared(AtomCatalog catalog, string name, string why = "") => DetectionDiagnostics.ClassUnknown.Now(
        $"The class '{name}' is not declared in ATOMS.yml.{why}",
        catalog.Classes.Count == 0 ? "Add it to atom_types, which is empty." : $"Add it to atom_types, or name another with --class. {Spelling.Suggest(name, [.. catalog.Classes], "Declared")}");
}
