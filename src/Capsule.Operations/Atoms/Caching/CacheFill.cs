using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Operations.Atoms.Fetching;

namespace Capsule.Operations.Atoms.Caching;

/// <summary>
/// Fetches an atom from its canonical host, or from mirrors where that host cannot be reached, checks it, and puts it into the cache. A 404 of the
/// canonical host means that there is no such atom; a mirror that lies is skipped and named (specs: atoms 10).
/// </summary>
internal static class CacheFill
{
    public static async Task<Resolution> RunAsync(AtomResolver resolver, AtomReference atom, Uri canonical, EntryCheck check, CancellationToken cancel)
    {
        var first = await TryAsync(resolver, atom, canonical, canonical, check, isMirror: false, cancel);
        if (first.Resolution is { } found)
        {
            return found;
        }

        if (first.Failure != FetchFailure.Unreachable)
        {
            return resolver.Fail(first.Problem!);
        }

        var failures = new List<string> { first.Problem!.Message.TrimEnd('.') };
        foreach (var mirror in resolver.Mirrors(atom.Catalog))
        {
            var next = await TryAsync(resolver, atom, mirror, canonical, check, isMirror: true, cancel);
            if (next.Resolution is { } kept)
            {
                return kept;
            }

            resolver.Note(AtomMirrorDiagnostics.Skipped.Now(Fetcher.Show(mirror), next.Problem!.Message));
            failures.Add(next.Problem.Message.TrimEnd('.'));
        }

        return resolver.Fail(AtomFetchDiagnostics.AllFailed.Now(atom, string.Join("; ", failures)));
    }

    private static async Task<(Resolution? Resolution, FetchFailure Failure, Diagnostic? Problem)> TryAsync(
        AtomResolver resolver, AtomReference atom, Uri host, Uri canonical, EntryCheck check, bool isMirror, CancellationToken cancel)
    {
        var hadEntry = resolver.Cache.Has(atom);
        var (folder, isKept) = Folder(resolver);
        try
        {
            var answer = await AtomDownload.RunAsync(resolver.Fetcher, host, atom, folder, cancel);
            if (!answer.Succeeded)
            {
                var problem = answer.Failure == FetchFailure.Missing && !isMirror ? AtomDiagnostics.UnresolvedConformsTo.Now(atom) : answer.Problem;
                return (null, answer.Failure, problem);
            }

            var verdict = check.Run(atom, folder, hash: true, isMirror, cancel);
            if (verdict.Problem is { } wrong)
            {
                return (null, FetchFailure.Refused, AtomCacheDiagnostics.Corrupt.Now(atom, wrong));
            }

            return (Take(resolver, atom, canonical, folder, isKept, hadEntry, verdict, Record(resolver, answer.Document, canonical, isMirror, verdict)), FetchFailure.None, null);
        }
        finally
        {
            EntryRemoval.TryDelete(folder);
        }
    }

    private static Resolution Take(AtomResolver resolver, AtomReference atom, Uri canonical, string folder, bool isKept, bool hadEntry, EntryVerdict verdict, CacheRecord record)
    {
        var successor = verdict.Manifest!.SupersededBy is { Value.Length: > 0 } by ? $"; its successor is '{by.Value}'" : "";
        if (verdict.Lifecycle == "retired")
        {
            return resolver.Fail(AtomCacheDiagnostics.Retired.Now(atom, successor));
        }

        if (verdict.Lifecycle == "deprecated")
        {
            resolver.Note(AtomCacheDiagnostics.Deprecated.Now(atom, successor));
        }

        if (!verdict.IsJudged && verdict.Lifecycle != AtomNames.Draft)
        {
            resolver.Note(AtomCacheDiagnostics.NotJudged.Now(atom, atom.Catalog));
        }

        // Another host's atom of the same name stays; whatever else stands there was found wanting.
        if (!isKept || AtomResolver.IsForeign(CacheRecord.Read(resolver.Cache.SidecarOf(atom)), canonical))
        {
            return new Resolution(ResolutionSource.Network, null, verdict.Lifecycle);
        }

        CacheWriter.Put(resolver.Cache, atom, folder, record, replace: hadEntry);
        return new Resolution(ResolutionSource.Network, resolver.Cache.FolderOf(atom), verdict.Lifecycle);
    }

    private static CacheRecord Record(AtomResolver resolver, Fetched manifest, Uri canonical, bool isMirror, EntryVerdict verdict)
    {
        var now = Rfc3339.Write(resolver.Now);
        return new CacheRecord
        {
            CachedAt = now,
            Source = manifest.Address.AbsoluteUri,
            Canonical = canonical.AbsoluteUri,
            Mirror = isMirror,
            ETag = manifest.ETag,
            Verification = verdict.Text,
            VerifiedAt = now,
        };
    }

    /// <summary>A cache that cannot be written is legal: the atom is checked elsewhere and not kept.</summary>
    private static (string Folder, bool IsKept) Folder(AtomResolver resolver)
    {
        try
        {
            return (resolver.Cache.MakeTemporary(resolver.Now), true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            var note = AtomCacheDiagnostics.NotWritable.Now(resolver.Cache.Root, problem.Message);
            if (!resolver.Notes.Contains(note))
            {
                resolver.Note(note);
            }

            return (Directory.CreateTempSubdirectory("atoms-").FullName, false);
        }
    }
}
