using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Atoms.Caching;

/// <summary>A command about the cache: with the settings of the catalog at hand when there is one, with the user's alone otherwise.</summary>
internal sealed record CacheSession(AtomResolver? Resolver, string? CatalogRoot, IReadOnlyList<Diagnostic> Notes) : IDisposable
{
    public static CacheSession Open(AtomCall call, bool network)
    {
        if (AtomSession.RootOf(call) is { } root && (call.Catalog is not null || File.Exists(Path.Combine(root, Families.Atoms.AtomNames.CatalogName))))
        {
            var session = AtomSession.Open(call);
            return session.Succeeded
                ? new CacheSession(new AtomResolver(session.Value.Catalog, session.Value.Settings, new CachedQuorum(call, session.Value.Settings).Judge, network, call.Now), root, session.Diagnostics)
                : new CacheSession(null, null, session.Diagnostics);
        }

        var notes = new List<Diagnostic>();
        return AtomSession.User(call, notes) is { } settings
            ? new CacheSession(new AtomResolver(null, settings, new CachedQuorum(call, settings).Judge, network, call.Now), null, notes)
            : new CacheSession(null, null, notes);
    }

    public void Dispose() => Resolver?.Dispose();
}
