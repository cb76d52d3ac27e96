using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Rules;

namespace Capsule.Operations.Atoms;

/// <summary><c>validate</c>: one atom, or all below a folder (specs: atoms 8).</summary>
public static class AtomValidate
{
    public static async Task<AtomOutcome> RunAsync(AtomCall call, CancellationToken cancel)
    {
        var session = AtomSession.Open(call);
        if (!session.Succeeded)
        {
            return AtomOutcome.Failed(session.Diagnostics);
        }

        var path = call.FullPath;
        var notes = new List<Diagnostic>(session.Diagnostics);
        var isFolder = Directory.Exists(path);
        if (!isFolder && (!File.Exists(path) || Path.GetFileName(path) != AtomNames.ManifestName))
        {
            return new AtomOutcome([], [.. notes, AtomDiagnostics.NoAtom.In(path, path)]);
        }

        IReadOnlyList<string> folders = isFolder ? AtomTree.Find(path) : [Path.GetDirectoryName(path)!];
        if (folders.Count == 0)
        {
            notes.Add(AtomNoticeDiagnostics.NoAtoms.In(path, path) with { Severity = call.Strict ? Severity.Error : Severity.Warning });
        }

        using var resolver = session.Value.Resolver;
        var results = new List<AtomResult>();
        foreach (var folder in folders)
        {
            results.Add(Result(session.Value, await session.Value.CheckAsync(folder, cancel)));
        }

        return new AtomOutcome(results, [.. notes, .. resolver.Notes]);
    }

    internal static AtomResult Result(AtomSession session, AtomReport report) => new()
    {
        Id = report.Manifest?.Reference?.ToString(),
        Path = session.Relative(report.ManifestPath),
        Problems = report.Problems,
        ContentHash = report.Manifest?.Hash,
        Lifecycle = report.Manifest?.Lifecycle?.Value,
        PublishedAt = report.Manifest?.PublishedAt?.Value,
    };
}
