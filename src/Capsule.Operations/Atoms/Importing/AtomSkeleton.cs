using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Detecting;
using Capsule.Operations.Atoms.Fetching;

namespace Capsule.Operations.Atoms.Importing;

/// <summary>
/// The <c>atom.toml</c> of an imported document (specs: atoms 9.1, step 7): a draft with what the document tells, to be completed by a person. It never holds a
/// <c>content_hash</c>.
/// </summary>
internal static class AtomSkeleton
{
    private const string AtomSpec = "atom-spec";

    public static string Write(AtomReference atom, AtomCatalog catalog, Detection detection, Fetched document, string asset, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            id = {TomlWriter.String(atom.Id)}
            version = {TomlWriter.String(atom.Version)}
            content_hash = ""
            lifecycle = "draft"
            created_at = {TomlWriter.String(Rfc3339.Write(now))}

            [spec]
            class = {TomlWriter.String(atom.Class)}
            title = {TomlWriter.String(detection.Title ?? atom.Slug)}
            summary = ""
            authors = {TomlWriter.Value(Nodes.Strings(detection.Authors))}
            conforms_to = {TomlWriter.String(ConformsTo(catalog, atom.Class))}
            asset = {TomlWriter.String(asset)}

            """);
        // Another class than the one that was found has other fields.
        foreach (var (key, value) in detection.Classes.Contains(atom.Class) ? detection.Fields : [])
        {
            text.Append(CultureInfo.InvariantCulture, $"{TomlWriter.Key(key)} = {TomlWriter.Value(value)}\n");
        }

        var (provenance, source) = Origin(document.Address, now);
        text.Append(CultureInfo.InvariantCulture, $"\n[protocol]\nprovenance = {TomlWriter.String(provenance)}\nlicense = {TomlWriter.String(detection.License ?? "")}\n\n[protocol.import]\n");
        text.Append(CultureInfo.InvariantCulture, $"source_url = {TomlWriter.String(source)}\nretrieved_at = {TomlWriter.String(Rfc3339.Write(now))}\n");
        text.Append(CultureInfo.InvariantCulture, $"sha256 = {TomlWriter.String(Convert.ToHexStringLower(SHA256.HashData(document.Bytes)))}\n");
        Optional(text, "content_type", document.MediaType);
        Optional(text, "etag", document.ETag);
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>What a person has to add before the atom passes.</summary>
    public static IReadOnlyList<string> Missing(AtomCatalog catalog, string @class, Detection detection, Uri address) =>
    [
        "summary",
        .. detection.Authors.Count == 0 ? ["authors"] : Array.Empty<string>(),
        .. ConformsTo(catalog, @class).Length == 0 ? ["conforms_to"] : Array.Empty<string>(),
        .. address.IsFile ? ["protocol.provenance"] : Array.Empty<string>(),
        .. detection.License is null ? ["protocol.license"] : Array.Empty<string>(),
    ];

    /// <summary>A path of this machine is nobody else's source, so of a file only its name is told.</summary>
    private static (string Provenance, string Source) Origin(Uri address, DateTimeOffset now) => address.IsFile
        ? ("", $"file:{Uri.EscapeDataString(Path.GetFileName(address.LocalPath))}")
        : ($"{address.AbsoluteUri} — imported {now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}", address.AbsoluteUri);

    private static void Optional(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"{key} = {TomlWriter.String(value)}\n");
        }
    }

    /// <summary>The specification of the class, else that of atoms, where the catalog has one.</summary>
    private static string ConformsTo(AtomCatalog catalog, string @class)
    {
        var own = $"{@class}-class-spec";
        var folder = Path.Combine(catalog.Root, catalog.CompositionFolder, "design-spec");
        var newest = Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder, own + "@*").Select(Path.GetFileName).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        string[] wanted = newest is null ? [$"{AtomSpec}@1.1.0"] : [newest, $"{AtomSpec}@1.1.0"];
        return wanted.Select(w => AtomReference.Parse($"{catalog.Name.Value}/design-spec/{w}")).FirstOrDefault(r => r is not null && catalog.Find(r) is not null)?.ToString() ?? "";
    }
}
