using System.Collections.Concurrent;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;

namespace Capsule.Core.Identity;

/// <summary>Reads the tree of a folder: every file and link below it, directories implied, <c>.capsule</c> left out.</summary>
public static class TreeReader
{
    /// <summary>Where an unpacked package keeps its tree document, relative to its root.</summary>
    public const string DocumentPath = ".capsule/tree";

    private const int MaxDocumentBytes = 1 << 28;

    /// <summary>
    /// Hashes the folder. Where it carries a tree document, the kinds (file or executable) of the paths named there come
    /// from it, so that the identity survives file systems without modes. Follows no link.
    /// </summary>
    public static async Task<Result<TreeDocument>> ReadAsync(string folder, CancellationToken cancel)
    {
        try
        {
            var document = ReadDocument(folder);
            if (document is { Succeeded: false })
            {
                return document;
            }

            var entries = await HashAsync(folder, document?.Value, cancel);
            return entries.Succeeded ? TreeDocument.Create(entries.Value) : Result.Failed<TreeDocument>(entries.Diagnostics);
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
    }

    /// <summary>
    /// Reads an unpacked package and compares it with the document it carries, or with the one given. Succeeds with
    /// that document when every byte agrees; else says each difference (CAP2023).
    /// </summary>
    public static async Task<Result<TreeDocument>> VerifyAsync(string folder, TreeDocument? expected, CancellationToken cancel)
    {
        try
        {
            if (expected is null)
            {
                if (ReadDocument(folder) is not { } document)
                {
                    return TreeDiagnostics.Unreadable.In(Path.Combine(folder, DocumentPath), DocumentPath, "it does not exist.");
                }

                if (!document.Succeeded)
                {
                    return document;
                }

                expected = document.Value;
            }

            var entries = await HashAsync(folder, expected, cancel);
            var actual = entries.Succeeded ? TreeDocument.Create(entries.Value) : Result.Failed<TreeDocument>(entries.Diagnostics);
            if (!actual.Succeeded)
            {
                return actual;
            }

            return actual.Value.Identity == expected.Identity ? expected : Result.Failed<TreeDocument>(TreeComparison.Differences(expected, actual.Value));
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
    }

    /// <summary>The tree document that the folder carries; null when it carries none.</summary>
    private static Result<TreeDocument>? ReadDocument(string folder)
    {
        var path = Path.Combine(folder, DocumentPath);
        var info = new FileInfo(path);
        if (!info.Exists || info.LinkTarget is not null || new DirectoryInfo(Path.Combine(folder, TreePath.ReservedFolder)).LinkTarget is not null)
        {
            return null;
        }

        if (info.Length > MaxDocumentBytes)
        {
            return TreeDiagnostics.Malformed.In(path, "it is larger than 256 MiB");
        }

        try
        {
            return TreeDocument.Parse(RegularFile.ReadAllBytes(path, MaxDocumentBytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return TreeDiagnostics.Unreadable.In(path, DocumentPath, e.Message);
        }
    }

    private static async Task<Result<TreeEntry[]>> HashAsync(string folder, TreeDocument? kinds, CancellationToken cancel)
    {
        var found = FolderWalk.List(folder, cancel);
        var broken = found.Select(f => TreePath.Check(f.Path)).OfType<Diagnostic>().Take(100).ToArray();
        if (broken.Length > 0)
        {
            return Result.Failed<TreeEntry[]>(broken);
        }

        var entries = new TreeEntry[found.Count];
        var problems = new ConcurrentQueue<Diagnostic>();
        var options = new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 8) };
        await Parallel.ForAsync(0, found.Count, options, (i, token) =>
        {
            var (path, target) = found[i];
            try
            {
                entries[i] = target is null ? Hash(folder, path, kinds, token) : TreeEntry.Link(path, target);
            }
            catch (RefusedException refused)
            {
                problems.Enqueue(refused.Diagnostic);
            }

            return ValueTask.CompletedTask;
        });
        return problems.IsEmpty ? entries : Result.Failed<TreeEntry[]>(problems);
    }

    private static TreeEntry Hash(string folder, string path, TreeDocument? kinds, CancellationToken cancel)
    {
        var content = FileContent.Read(Path.Combine(folder, path), path, 1 << 16, cancel);
        var executable = kinds?.Find(path) is { } known ? known.Kind == TreeEntryKind.Executable : content.IsProgram;
        return TreeEntry.File(path, content.Size, content.Sha256, executable);
    }
}
