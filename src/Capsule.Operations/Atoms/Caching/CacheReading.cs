using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Model;

namespace Capsule.Operations.Atoms.Caching;

/// <summary>Reads what is in the cache.</summary>
internal static class CacheReading
{
    public static IReadOnlyList<CacheEntry> List(AtomResolver resolver) => [.. resolver.Cache.Entries().Select(e => Entry(resolver, e))];

    /// <summary>Looks at the entry anew and remembers what it found.</summary>
    public static CacheEntry Inspect(AtomResolver resolver, AtomReference atom, CancellationToken cancel)
    {
        var folder = resolver.Cache.FolderOf(atom);
        var sidecar = resolver.Cache.SidecarOf(atom);
        var record = CacheRecord.Read(sidecar);
        var verdict = resolver.CheckFor(atom).Run(atom, folder, hash: true, mirror: record?.Mirror == true, cancel);
        var now = Rfc3339.Write(resolver.Now);
        var entry = Entry(resolver, atom);
        try
        {
            ((record ?? new CacheRecord { CachedAt = Rfc3339.Write(entry.CachedAt) }) with { Verification = verdict.Text, VerifiedAt = now }).Write(sidecar);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A cache that cannot be written can be looked at.
        }

        return entry with
        {
            Details = new CacheDetails(
                folder, verdict.Manifest?.ContentHash is { Value.Length: > 0 } hash ? hash.Value : null, verdict.Text, now, record?.Verification, record?.VerifiedAt, record, Files(folder)),
        };
    }

    /// <summary>The lifecycle of a cached atom; null when it cannot be read.</summary>
    public static string? Lifecycle(string folder, string @class) =>
        SourceText.Load(Path.Combine(folder, AtomNames.ManifestName)) is { Succeeded: true } text && AtomReader.Read(text.Value, @class, []) is { } manifest ? manifest.Lifecycle?.Value : null;

    private static CacheEntry Entry(AtomResolver resolver, AtomReference atom)
    {
        var folder = resolver.Cache.FolderOf(atom);
        var lifecycle = Lifecycle(folder, atom.Class);
        var cachedAt = CacheRecord.TimeOf(CacheRecord.Read(resolver.Cache.SidecarOf(atom)), folder);
        return new CacheEntry { Id = atom.ToString(), Lifecycle = lifecycle, CachedAt = cachedAt, Age = resolver.AgeOf(lifecycle, cachedAt), Size = Files(folder).Sum(f => f.Value) };
    }

    private static IReadOnlyList<KeyValuePair<string, long>> Files(string folder) =>
    [
        .. AtomFiles.List(folder).Paths.Prepend(AtomNames.ManifestName)
            .Select(p => (Path: p, File: new FileInfo(Path.Combine(folder, p)))).Where(f => f.File.Exists).Select(f => KeyValuePair.Create(f.Path, f.File.Length)),
    ];
}
