using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Operations.Atoms.Fetching;

namespace Capsule.Operations.Atoms.Caching;

/// <summary>
/// Finds the atom that a reference names: in the catalog, in checkouts of others, in the cache, and, only where that is allowed, on the network
/// (specs: atoms 3.2, 10). Each reference is looked up once; what is worth telling is collected.
/// </summary>
public sealed class AtomResolver : IDisposable
{
    private readonly Dictionary<AtomReference, Resolution> _known = [];
    private readonly List<Diagnostic> _notes = [];
    private readonly AtomCatalog? _own;
    private readonly AtomSettings _settings;
    private readonly QuorumJudge _judge;
    private readonly Lazy<Fetcher> _fetcher;

    /// <param name="own">The catalog at hand; null outside one.</param>
    /// <param name="settings">Where the cache is and how long drafts are good.</param>
    /// <param name="judge">Who checks signatures.</param>
    /// <param name="network">False never asks a host, whatever the settings say.</param>
    /// <param name="now">The time of the call.</param>
    public AtomResolver(AtomCatalog? own, AtomSettings settings, QuorumJudge judge, bool network, DateTimeOffset now)
    {
        (_own, _settings, _judge, UsesNetwork, Now) = (own, settings, judge, network && !settings.Offline, now);
        Cache = new AtomCache(settings.CachePath);
        _fetcher = new(() => new Fetcher(Rules));
    }

    /// <summary>Warnings, and the errors that explain why a reference was not found.</summary>
    public IReadOnlyList<Diagnostic> Notes => _notes;

    public bool UsesNetwork { get; }

    public AtomCache Cache { get; }

    public DateTimeOffset Now { get; }

    /// <summary>How the network is used; changed before the first fetch or not at all.</summary>
    public FetchRules Rules { get => field ??= FetchRules.Of(_settings); init; }

    internal Fetcher Fetcher => _fetcher.Value;

    public void Dispose()
    {
        if (_fetcher.IsValueCreated)
        {
            _fetcher.Value.Dispose();
        }
    }

    public async Task<Resolution> ResolveAsync(AtomReference atom, CancellationToken cancel) =>
        _known.TryGetValue(atom, out var known) ? known : _known[atom] = await LookUpAsync(atom, cancel);

    /// <summary>The same without a look into catalogs: what the cache has, or gets now.</summary>
    public Task<Resolution> FetchAsync(AtomReference atom, CancellationToken cancel) => FetchAsync(atom, UsesNetwork, cancel);

    /// <summary>The catalog whose keys judge atoms of a name: this one, or a checkout that the settings name; null when neither has keys.</summary>
    public EntryCheck CheckFor(AtomReference atom)
    {
        var catalog = _own?.Name.Value == atom.Catalog ? _own : Checkout(atom.Catalog);
        return new EntryCheck(catalog is { Keys.Count: > 0 } ? catalog : null, _judge);
    }

    public CacheAge AgeOf(string? lifecycle, DateTimeOffset cachedAt) => CacheAge.Of(lifecycle, cachedAt, _settings.DraftTtlSeconds, Now);

    internal void Note(Diagnostic note) => _notes.Add(note);

    internal Resolution Fail(Diagnostic problem)
    {
        _notes.Add(problem);
        return Resolution.NotFound;
    }

    internal IReadOnlyList<Uri> Mirrors(string catalog)
    {
        var mirrors = _own is null ? Result.Of<IReadOnlyList<Uri>>([]) : MirrorList.Load(_own.Root, catalog);
        _notes.AddRange(mirrors.Diagnostics.Except(_notes));
        return mirrors.Value ?? [];
    }

    private async Task<Resolution> LookUpAsync(AtomReference atom, CancellationToken cancel) =>
        (_own?.Find(atom) ?? Checkout(atom.Catalog)?.Find(atom)) is { } folder
            ? new Resolution(ResolutionSource.Local, folder, null)
            // What a checkout of a catalog lacks is no reason to ask that catalog's host.
            : await FetchAsync(atom, UsesNetwork && _own?.Name.Value != atom.Catalog, cancel);

    private async Task<Resolution> FetchAsync(AtomReference atom, bool network, CancellationToken cancel)
    {
        var canonical = AtomAddress.Canonical(atom.Catalog, _own, _settings);
        if (!canonical.Succeeded)
        {
            // Without the network nobody needs to know the host.
            return network ? Fail(canonical.Diagnostics[0]) : Hit(atom, null, cancel) ?? Resolution.NotFound;
        }

        return Hit(atom, canonical.Value, cancel) ?? (network ? await CacheFill.RunAsync(this, atom, canonical.Value, CheckFor(atom), cancel) : Resolution.NotFound);
    }

    private AtomCatalog? Checkout(string name) =>
        _settings.Catalogs.GetValueOrDefault(name)?.Root is { } root && AtomCatalogReader.Load(root) is { Succeeded: true } other && other.Value.Name.Value == name ? other.Value : null;

    /// <summary>What the cache says; null when the atom has to be fetched.</summary>
    private Resolution? Hit(AtomReference atom, Uri? canonical, CancellationToken cancel)
    {
        if (!Cache.Has(atom))
        {
            return null;
        }

        var folder = Cache.FolderOf(atom);
        var record = CacheRecord.Read(Cache.SidecarOf(atom));
        if (IsForeign(record, canonical))
        {
            Note(AtomCacheDiagnostics.Purged.Now(atom, $"it was fetched for the host {record!.Canonical}, and here the catalog's host is {canonical}"));
            return null;
        }

        var verdict = CheckFor(atom).Run(atom, folder, hash: false, mirror: record?.Mirror == true, cancel);
        if (verdict.Problem is { } problem)
        {
            Note(AtomCacheDiagnostics.Purged.Now(atom, problem));
            if (verdict.IsCorrupt)
            {
                TryRemove(atom);
            }

            return null;
        }

        var successor = verdict.Manifest!.SupersededBy is { Value.Length: > 0 } by ? $"; its successor is '{by.Value}'" : "";
        switch (verdict.Lifecycle)
        {
            case "retired":
                return Fail(AtomCacheDiagnostics.Retired.Now(atom, successor));
            case AtomNames.Draft when AgeOf(AtomNames.Draft, CacheRecord.TimeOf(record, folder)).Status == CacheAge.Expired:
                return null;
            case "deprecated":
                Note(AtomCacheDiagnostics.Deprecated.Now(atom, successor));
                break;
        }

        return new Resolution(ResolutionSource.Cache, folder, verdict.Lifecycle);
    }

    /// <summary>A catalog of the same name may mean another host: its atoms are others, and neither may take the other's place in the cache.</summary>
    internal static bool IsForeign(CacheRecord? record, Uri? canonical) => canonical is not null && record?.Canonical is { } meant && meant != canonical.AbsoluteUri;

    private void TryRemove(AtomReference atom)
    {
        try
        {
            EntryRemoval.Remove(Cache, atom);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Note(AtomCacheDiagnostics.NotWritable.Now(Cache.Root, problem.Message));
        }
    }
}
