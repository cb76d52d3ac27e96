using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;

namespace Capsule.Operations.Atoms.Caching;

/// <summary><c>cache list</c>, <c>inspect</c>, <c>add</c> and <c>purge</c> (specs: atoms 10). They work outside a catalog too; inside one its settings count.</summary>
public static class CacheCommands
{
    public static AtomOutcome List(AtomCall call)
    {
        using var session = CacheSession.Open(call, network: false);
        return session.Resolver is { } resolver
            ? new AtomOutcome([], session.Notes) { Entries = CacheReading.List(resolver) }
            : AtomOutcome.Failed(session.Notes);
    }

    public static AtomOutcome Inspect(AtomCall call, string id, CancellationToken cancel)
    {
        using var session = CacheSession.Open(call, network: false);
        return session.Resolver is not { } resolver ? AtomOutcome.Failed(session.Notes)
            : Reference(id) is not { } atom ? AtomOutcome.Failed([.. session.Notes, BadReference(id)])
            : !resolver.Cache.Has(atom) ? AtomOutcome.Failed([.. session.Notes, AtomCacheDiagnostics.NotCached.Now(atom, resolver.Cache.Root)])
            : new AtomOutcome([], session.Notes) { Entry = CacheReading.Inspect(resolver, atom, cancel) };
    }

    /// <summary>Fetches an atom that is not in the cache, or no longer good.</summary>
    public static async Task<AtomOutcome> AddAsync(AtomCall call, string id, CancellationToken cancel)
    {
        using var session = CacheSession.Open(call, network: true);
        if (session.Resolver is not { } resolver || Reference(id) is not { } atom)
        {
            return AtomOutcome.Failed(session.Resolver is null ? session.Notes : [.. session.Notes, BadReference(id)]);
        }

        var resolution = await resolver.FetchAsync(atom, cancel);
        if (!resolution.IsFound && !resolver.Notes.Any(n => n.IsError))
        {
            return new AtomOutcome([], [.. session.Notes, .. resolver.Notes, AtomFetchDiagnostics.Unreachable.Now($"'{atom}'", "it is not in the cache, and the settings say network.offline")]);
        }

        if (resolution is not { IsFound: true, Folder: not null })
        {
            var kept = resolution.IsFound ? [AtomCacheDiagnostics.NotWritable.Now(resolver.Cache.Root, "the atom was fetched and checked.") with { Severity = Severity.Error }] : Array.Empty<Diagnostic>();
            return new AtomOutcome([], [.. session.Notes, .. resolver.Notes, .. kept]);
        }

        return new AtomOutcome([], [.. session.Notes, .. resolver.Notes]) { Entries = [.. CacheReading.List(resolver).Where(e => e.Id == atom.ToString())] };
    }

    public static AtomOutcome Purge(AtomCall call, CacheSelection selection, CancellationToken cancel)
    {
        using var session = CacheSession.Open(call, network: false);
        if (session.Resolver is not { } resolver)
        {
            return AtomOutcome.Failed(session.Notes);
        }

        var removed = new List<CacheEntry>();
        var problem = Problem(selection) ?? (selection.All ? All(call, session, resolver, selection, removed) : Some(resolver, selection, removed, cancel));
        return new AtomOutcome([], problem is null ? session.Notes : [.. session.Notes, problem]) { Entries = removed };
    }

    private static Diagnostic? Problem(CacheSelection selection)
    {
        var count = (selection.Id is null ? 0 : 1) + (selection.All ? 1 : 0) + (selection.Lifecycle is null ? 0 : 1);
        return count != 1 ? AtomCatalogDiagnostics.Usage.Now("cache purge takes exactly one of ATOM-ID, --all and --lifecycle.")
            : selection.Id is { } id && Reference(id) is null ? BadReference(id)
            : selection.Lifecycle is { } word && !AtomNames.Lifecycles.Contains(word) ? AtomCatalogDiagnostics.Usage.Now($"'{word}' is not a lifecycle. {Spelling.Suggest(word, [.. AtomNames.Lifecycles], "There are")}")
            : null;
    }

    private static Diagnostic? Some(AtomResolver resolver, CacheSelection selection, List<CacheEntry> removed, CancellationToken cancel)
    {
        foreach (var entry in CacheReading.List(resolver).Where(e => e.Id == selection.Id || (selection.Lifecycle is not null && e.Lifecycle == selection.Lifecycle)))
        {
            cancel.ThrowIfCancellationRequested();
            EntryRemoval.Remove(resolver.Cache, Reference(entry.Id)!);
            removed.Add(entry);
        }

        return null;
    }

    private static Diagnostic? All(AtomCall call, CacheSession session, AtomResolver resolver, CacheSelection selection, List<CacheEntry> removed)
    {
        var root = resolver.Cache.Root;
        if (!Directory.Exists(root))
        {
            Directory.CreateDirectory(root);
            return null;
        }

        if (CacheGuard.Check(root, call.UserHome, session.CatalogRoot) is { } danger)
        {
            return danger;
        }

        var entries = CacheReading.List(resolver);
        if (!selection.Yes && (selection.Confirm is null || !selection.Confirm($"Remove all {entries.Count} atoms from '{root}'?")))
        {
            return AtomCacheDiagnostics.Dangerous.Now(selection.Confirm is null ? "--all needs a yes, and nobody can be asked here" : "the answer was no", "Call with --yes.");
        }

        foreach (var child in Directory.EnumerateFileSystemEntries(root))
        {
            EntryRemoval.Delete(child);
        }

        removed.AddRange(entries);
        return null;
    }

    private static AtomReference? Reference(string id) => AtomReference.Parse(id);

    private static Diagnostic BadReference(string id) =>
        AtomCatalogDiagnostics.Usage.Now($"'{id}' is no full reference; write it as schema-atoms/design-spec/atom-spec@1.1.0.");
}
