using Capsule.Core.Identity;

namespace Capsule.Families.Atoms.Catalogs;

/// <summary>Relative paths that a catalog states.</summary>
internal static class CatalogPath
{
    /// <summary>True for a path that cannot lead out of the folder it is relative to, on any system. <c>.</c> is the folder itself.</summary>
    public static bool IsInside(string path) => Clean(path) is var clean && (clean.Length == 0 || TreePath.Check(clean) is null) && !path.StartsWith('/');

    /// <summary>Without <c>./</c> before and <c>/</c> behind; empty for the folder itself.</summary>
    public static string Clean(string path)
    {
        var clean = path.TrimEnd('/');
        while (clean.StartsWith("./", StringComparison.Ordinal))
        {
            clean = clean[2..];
        }

        return clean == "." ? "" : clean;
    }
}
