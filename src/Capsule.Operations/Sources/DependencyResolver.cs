using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Distribution.Sources;
using Capsule.Families;
using Capsule.Packaging.Locking;

namespace Capsule.Operations.Sources;

/// <summary>
/// Compiles a package and fetches the repositories that it depends on, until nothing is missing: what lies behind a repository is known
/// only once it is there.
/// </summary>
public static class DependencyResolver
{
    /// <param name="family">Whose manifest it is.</param>
    /// <param name="request">The package.</param>
    /// <param name="store">Where repositories are kept.</param>
    /// <param name="locked">The lock; its commits stand for the branches and tags that manifests name. Null for none.</param>
    /// <param name="cancel">Ends what is being fetched.</param>
    public static async Task<Result<ResolvedPackage>> ResolveAsync(IFamily family, CompileRequest request, GitStore store, LockFile? locked, CancellationToken cancel)
    {
        var fetched = new Dictionary<GitSource, FetchedSource>();
        for (; ; )
        {
            var compiled = family.Compile(request with { Fetched = fetched.ToDictionary(f => f.Key, f => f.Value.Folder) }, cancel);
            if (!compiled.Succeeded)
            {
                return Result.Failed<ResolvedPackage>(compiled.Diagnostics);
            }

            var missing = compiled.Value.GitDependencies.Where(d => !fetched.ContainsKey(d.Source)).DistinctBy(d => d.Source).ToArray();
            if (missing.Length == 0)
            {
                var notices = fetched.Values.Select(f => f.Notice).OfType<Diagnostic>();
                return Result.Of(new ResolvedPackage(compiled.Value, Pins(compiled.Value, fetched), [.. notices]), compiled.Diagnostics);
            }

            var found = await Task.WhenAll(missing.Select(d => store.FetchAsync(d.Source, Pinned(locked, d), cancel)));
            for (var i = 0; i < missing.Length; i++)
            {
                if (!found[i].Succeeded)
                {
                    return Result.Failed<ResolvedPackage>(found[i].Diagnostics.Select(p => p.Span is null ? p with { Span = missing[i].Span } : p));
                }

                fetched[missing[i].Source] = found[i].Value!;
            }
        }
    }

    private static PinnedCommit? Pinned(LockFile? locked, GitDependency dependency) =>
        locked?.Dependencies.FirstOrDefault(d => d.Name == dependency.Id && d.Git == dependency.Source.Url && d.Wanted == dependency.Source.Ref) is { Commit: { } commit } pin
            ? new PinnedCommit(commit, pin.Tree)
            : null;

    private static LockedDependency[] Pins(CompiledPackage compiled, Dictionary<GitSource, FetchedSource> fetched) =>
    [
        .. compiled.GitDependencies.Select(d => new LockedDependency(d.Id, fetched[d.Source].Identity)
        {
            Git = d.Source.Url,
            Wanted = d.Source.Ref,
            Commit = fetched[d.Source].Commit,
        }),
    ];
}
