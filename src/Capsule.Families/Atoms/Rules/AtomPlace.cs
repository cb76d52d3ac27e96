using Capsule.Families.Atoms.Catalogs;

namespace Capsule.Families.Atoms.Rules;

/// <summary>What an atom's folder says about it.</summary>
/// <param name="Class">The class.</param>
/// <param name="Slug">The slug.</param>
/// <param name="Version">The version.</param>
/// <param name="IsOldLayout">True for <c>class/slug/version</c> at the catalog's root.</param>
internal sealed record AtomPlace(string Class, string Slug, string Version, bool IsOldLayout)
{
    /// <summary>Null when the folder lies in neither layout.</summary>
    public static AtomPlace? Of(AtomCatalog catalog, string folder)
    {
        var parts = Path.GetRelativePath(catalog.Root, folder).Replace(Path.DirectorySeparatorChar, '/').Split('/');
        var above = catalog.CompositionFolder.Length == 0 ? [] : catalog.CompositionFolder.Split('/');
        if (parts.Length == above.Length + 2 && parts.AsSpan(0, above.Length).SequenceEqual(above) && parts[^1].LastIndexOf('@') is >= 0 and var at)
        {
            return new AtomPlace(parts[^2], parts[^1][..at], parts[^1][(at + 1)..], false);
        }

        return parts is [not "..", var slug, var version] && !version.Contains('@', StringComparison.Ordinal) ? new AtomPlace(parts[0], slug, version, true) : null;
    }
}
