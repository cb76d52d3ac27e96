namespace Capsule.Runtime.Shadows;

/// <summary>One file that is other than before.</summary>
/// <param name="Path">With <c>/</c>.</param>
/// <param name="Before">Null for a new file.</param>
/// <param name="After">Null for one that is gone.</param>
internal sealed record FileChange(string Path, FileState? Before, FileState? After)
{
    /// <summary>Whether it may be executed now and was not before, or the other way round.</summary>
    public bool TurnsExecution => After is not null && (Before?.Executable ?? false) != After.Executable;
}

/// <summary>What a command changed, and what of it stays where it is by rule. A pure function of two states.</summary>
internal sealed record FolderChanges(IReadOnlyList<FileChange> Wanted, IReadOnlyList<WriteBackOutcome> Left)
{
    public static FolderChanges Between(WriteBackRequest request, FolderState after)
    {
        var before = request.Before;
        var left = new List<WriteBackOutcome>();
        left.AddRange(after.Left.Where(l => before.Left.GetValueOrDefault(l.Key) != l.Value).Select(l => new WriteBackOutcome(l.Key, WriteBackAction.Left, l.Value)));
        left.AddRange(after.Links.Where(l => before.Links.GetValueOrDefault(l.Key) != l.Value).Select(l => new WriteBackOutcome(l.Key, WriteBackAction.Left, "it is a link")));

        var wanted = new List<FileChange>();
        foreach (var change in Changed(before, after))
        {
            if (Rule(change, request) is { } reason)
            {
                left.Add(new WriteBackOutcome(change.Path, WriteBackAction.Left, reason));
            }
            else
            {
                wanted.Add(change);
            }
        }

        // What is gone makes room first: a file may stand where a folder stood.
        return new FolderChanges([.. wanted.OrderBy(c => c.After is not null).ThenBy(c => c.Path, StringComparer.Ordinal)], left);
    }

    private static IEnumerable<FileChange> Changed(FolderState before, FolderState after)
    {
        foreach (var (path, state) in after.Files)
        {
            if (before.Files.GetValueOrDefault(path) is var old && old != state)
            {
                yield return new FileChange(path, old, state);
            }
        }

        foreach (var (path, state) in before.Files)
        {
            // Where something stands that was not looked at, nothing is known to be gone.
            if (!after.Files.ContainsKey(path) && !Above(path).Any(p => after.Links.ContainsKey(p) || after.Left.ContainsKey(p) || after.Left.ContainsKey(p + "/")))
            {
                yield return new FileChange(path, state, null);
            }
        }
    }

    private static string? Rule(FileChange change, WriteBackRequest request)
    {
        var name = change.Path[(change.Path.LastIndexOf('/') + 1)..];
        return ProtectedNames.OfFile(name)
            ?? (request.Rules.IsManifest(name) ? "it is a manifest, which says what the package may do" : null)
            ?? (request.Elsewhere.TryGetValue(change.Path, out var source) ? $"the project has it at {source}" : null)
            ?? (change.After is { Hash: null } ? "it is too large" : null);
    }

    /// <summary>The path itself and each folder it lies in.</summary>
    private static IEnumerable<string> Above(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            yield return path[..end];
        }
    }
}
