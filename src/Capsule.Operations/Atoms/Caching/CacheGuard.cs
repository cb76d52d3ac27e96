using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Families.Atoms;

namespace Capsule.Operations.Atoms.Caching;

/// <summary>
/// Keeps a wrong setting from emptying a folder that is no cache (specs: atoms 10): the root of the file system, the home folder, the catalog, what lies above them,
/// and every folder that holds anything else than entries.
/// </summary>
internal static class CacheGuard
{
    private const string Hint = "Set cache.path to a folder of its own.";

    /// <summary>CAP0868 when the cache must not be emptied; null when it may.</summary>
    public static Diagnostic? Check(string root, string home, string? catalog)
    {
        var real = Real(root);
        if (Path.GetPathRoot(real) == real)
        {
            return AtomCacheDiagnostics.Dangerous.Now($"the cache '{root}' is the root of the file system", Hint);
        }

        if (Holds(real, Real(home)))
        {
            return AtomCacheDiagnostics.Dangerous.Now($"the cache '{root}' is the home folder or lies above it", Hint);
        }

        if (catalog is not null && Holds(real, Real(catalog)))
        {
            return AtomCacheDiagnostics.Dangerous.Now($"the cache '{root}' is the catalog's folder or lies above it", Hint);
        }

        return Foreign(root) is { } foreign
            ? AtomCacheDiagnostics.Dangerous.Now($"the cache '{root}' holds '{TreePath.Show(foreign)}', which is no entry of a cache", "Remove it by hand when it is not needed, or set cache.path to a folder of its own.")
            : null;
    }

    /// <summary>The first thing in a cache that is none of its own; relative.</summary>
    private static string? Foreign(string root)
    {
        foreach (var (name, isFolder) in Children(root))
        {
            if (!isFolder)
            {
                return name;
            }

            if (name is AtomCache.MetaName or AtomCache.TemporaryName)
            {
                continue;
            }

            foreach (var (@class, isClass) in AtomNames.IsWord(name) ? Children(Path.Combine(root, name)) : [("", false)])
            {
                if (!isClass || !AtomNames.IsWord(@class))
                {
                    return Path.Combine(name, @class);
                }

                foreach (var (entry, isEntry) in Children(Path.Combine(root, name, @class)))
                {
                    if (!isEntry || AtomReference.Parse($"{name}/{@class}/{entry}") is null)
                    {
                        return Path.Combine(name, @class, entry);
                    }
                }
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, bool IsFolder)> Children(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal).Select(c => (Path.GetFileName(c), FileTypeReader.Read(c) == FileType.Folder));

    private static bool Holds(string outer, string inner) => inner == outer || inner.StartsWith(outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>With links on the way to the folder followed: a link to the home folder is the home folder.</summary>
    private static string Real(string path)
    {
        var real = Path.GetPathRoot(Path.GetFullPath(path))!;
        foreach (var part in Path.GetFullPath(path)[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            real = new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? real;
        }

        return real.Length > Path.GetPathRoot(real)!.Length ? Path.TrimEndingDirectorySeparator(real) : real;
    }
}
