namespace Capsule.Families.Atoms;

/// <summary>
/// A full reference <c>catalog/class/slug@version</c> (specs: atoms 2). Every part has passed its form, so that a path may be made of it.
/// </summary>
public sealed record AtomReference(string Catalog, string Class, string Slug, string Version)
{
    /// <summary>Without the version, as <c>atom.toml</c> writes it.</summary>
    public string Id => $"{Catalog}/{Class}/{Slug}";

    /// <summary>The name of the atom's folder inside that of its class.</summary>
    public string FolderName => $"{Slug}@{Version}";

    /// <summary>Null when the text is none.</summary>
    public static AtomReference? Parse(string text)
    {
        var at = text.LastIndexOf('@');
        return at < 0 ? null : Of(text[..at], text[(at + 1)..]);
    }

    /// <summary>From an id and a version; null when one of them is malformed.</summary>
    public static AtomReference? Of(string id, string version) =>
        id.Split('/') is [var catalog, var @class, var slug] && AtomNames.IsWord(catalog) && AtomNames.IsWord(@class) && AtomNames.IsSlug(slug) && AtomNames.IsVersion(version)
            ? new AtomReference(catalog, @class, slug, version)
            : null;

    public override string ToString() => $"{Id}@{Version}";
}
