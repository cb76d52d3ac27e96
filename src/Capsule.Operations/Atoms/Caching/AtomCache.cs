using Capsule.Core.Identity;
using Capsule.Families.Atoms;

namespace Capsule.Operations.Atoms.Caching;

/// <summary>
/// The places of a cache (specs: atoms 10). <c>CATALOG/CLASS/SLUG@VERSION/</c> holds exactly what was fetched and never changes; what is known about it stands in
/// <c>.meta/CATALOG/CLASS/SLUG@VERSION.json</c>; <c>.tmp/</c> is for what is being written or removed.
/// </summary>
/// <param name="Root">Absolute; need not exist.</param>
public sealed record AtomCache(string Root)
{
    public const string MetaName = ".meta";

    public const string TemporaryName = ".tmp";

    public string TemporaryRoot => Path.Combine(Root, TemporaryName);

    public string FolderOf(AtomReference atom) => Path.Combine(Root, atom.Catalog, atom.Class, atom.FolderName);

    public string SidecarOf(AtomReference atom) => Path.Combine(Root, MetaName, atom.Catalog, atom.Class, atom.FolderName + ".json");

    /// <summary>True for an entry that is a folder reached without links: a link in the cache could make it serve or remove anything.</summary>
    public bool Has(AtomReference atom) =>
        FileTypeReader.Read(Path.Combine(Root, atom.Catalog)) == FileType.Folder
        && FileTypeReader.Read(Path.Combine(Root, atom.Catalog, atom.Class)) == FileType.Folder
        && FileTypeReader.Read(FolderOf(atom)) == FileType.Folder;

    /// <summary>All entries by reference. What does not look like one is left out.</summary>
    public IReadOnlyList<AtomReference> Entries()
    {
        var found = new List<AtomReference>();
        foreach (var catalog in Folders(Root).Where(n => AtomNames.IsWord(n)))
        {
            foreach (var @class in Folders(Path.Combine(Root, catalog)))
            {
                found.AddRange(Folders(Path.Combine(Root, catalog, @class)).Select(e => AtomReference.Parse($"{catalog}/{@class}/{e}")).OfType<AtomReference>());
            }
        }

        return [.. found.OrderBy(e => e.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>A fresh folder to write an entry into, on the cache's own volume. What was left there by a killed program long ago goes.</summary>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The cache cannot be written.</exception>
    public string MakeTemporary(DateTimeOffset now)
    {
        Directory.CreateDirectory(TemporaryRoot);
        var old = now.UtcDateTime.AddDays(-1);
        foreach (var left in new DirectoryInfo(TemporaryRoot).EnumerateDirectories().Where(d => d.LinkTarget is null && d.LastWriteTimeUtc < old))
        {
            EntryRemoval.TryDelete(left.FullName);
        }

        var folder = Path.Combine(TemporaryRoot, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        return folder;
    }

    private static IEnumerable<string> Folders(string path) =>
        FileTypeReader.ReadTarget(path) != FileType.Folder ? [] : new DirectoryInfo(path).EnumerateDirectories().Where(d => d.LinkTarget is null).Select(d => d.Name);
}
