using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Core.Plans;

namespace Capsule.Packaging.Containers;

/// <summary>
/// The files of a plan, each read and hashed once, on all cores. Small contents are kept, within a budget, so that
/// writing the payload need not open thousands of files a second time.
/// </summary>
internal sealed class PackSources
{
    private const int KeepFileUpTo = 1 << 18;
    private const long KeepTogether = 64 << 20;

    private readonly string _folder;
    private readonly Dictionary<string, (PackEntry Entry, FileContent Content)> _files = new(StringComparer.Ordinal);

    private PackSources(string folder, TreeDocument tree)
    {
        _folder = folder;
        Tree = tree;
    }

    public TreeDocument Tree { get; }

    public static async Task<Result<PackSources>> ReadAsync(PackPlan plan, string folder, CancellationToken cancel)
    {
        var entries = plan.Entries;
        if (!entries.Any(e => e.Path == plan.Manifest && e.LinkTarget is null))
        {
            return PackingDiagnostics.ManifestNotPacked.Now(plan.Manifest);
        }

        var problems = new ConcurrentQueue<Diagnostic>(entries.Select(e => TreePath.Check(e.Path)).OfType<Diagnostic>().Concat(LinkedFolders(entries, folder)));
        var contents = new FileContent?[entries.Count];
        if (problems.IsEmpty)
        {
            await ReadAllAsync(entries, folder, contents, problems, cancel);
        }

        if (!problems.IsEmpty)
        {
            return Result.Failed<PackSources>(problems.OrderBy(p => p.Message, StringComparer.Ordinal));
        }

        var tree = TreeDocument.Create(entries.Select((e, i) => e.LinkTarget is { } target
            ? TreeEntry.Link(e.Path, target)
            : TreeEntry.File(e.Path, contents[i]!.Size, contents[i]!.Sha256, e.Executable || contents[i]!.IsProgram)));
        if (!tree.Succeeded)
        {
            return Result.Failed<PackSources>(tree.Diagnostics);
        }

        var sources = new PackSources(folder, tree.Value);
        for (var i = 0; i < entries.Count; i++)
        {
            if (contents[i] is { } content)
            {
                sources._files.Add(entries[i].Path, (entries[i], content));
            }
        }

        return sources;
    }

    /// <summary>Writes a file's content; the same bytes that were hashed, or CAP2202.</summary>
    public void Copy(TreeEntry entry, Stream target, CancellationToken cancel)
    {
        var (source, content) = _files[entry.Path];
        if (content.Bytes is { } bytes)
        {
            target.Write(bytes);
        }
        else
        {
            CopyAgain(Path.Combine(_folder, source.Source ?? source.Path), entry, target, cancel);
        }
    }

    private static void CopyAgain(string file, TreeEntry entry, Stream target, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
            var total = 0L;
            while (RandomAccess.Read(handle, buffer, total) is var read and > 0)
            {
                cancel.ThrowIfCancellationRequested();
                total += read;
                if (total > entry.Size)
                {
                    break;
                }

                hash.AppendData(buffer, 0, read);
                target.Write(buffer, 0, read);
            }

            if (total != entry.Size || Convert.ToHexStringLower(hash.GetHashAndReset()) != entry.Value)
            {
                throw new RefusedException(PackingDiagnostics.SourceChanged.In(file, entry.Path));
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new RefusedException(PackingDiagnostics.SourceChanged.In(file, entry.Path));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task ReadAllAsync(
        IReadOnlyList<PackEntry> entries, string folder, FileContent?[] contents, ConcurrentQueue<Diagnostic> problems, CancellationToken cancel)
    {
        var kept = 0L;
        var options = new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 8) };
        await Parallel.ForAsync(0, entries.Count, options, (i, token) =>
        {
            try
            {
                var entry = entries[i];
                if (entry.LinkTarget is not null)
                {
                    return ValueTask.CompletedTask;
                }

                if (entry.Text is { } text)
                {
                    contents[i] = Given(Encoding.UTF8.GetBytes(text));
                    return ValueTask.CompletedTask;
                }

                var file = Path.Combine(folder, entry.Source ?? entry.Path);
                var stamp = FileStamp.Of(file);
                switch (stamp.Type)
                {
                    case FileType.Missing:
                        problems.Enqueue(PackingDiagnostics.SourceMissing.In(file, entry.Path));
                        break;
                    case FileType.Link:
                        problems.Enqueue(PackingDiagnostics.SourceIsLink.In(file, entry.Path));
                        break;
                    default:
                        var content = FileContent.Read(file, entry.Path, stamp, Interlocked.Read(ref kept) < KeepTogether ? KeepFileUpTo : 0, token);
                        Interlocked.Add(ref kept, content.Bytes?.Length ?? 0);
                        contents[i] = content;
                        break;
                }
            }
            catch (RefusedException refused)
            {
                problems.Enqueue(refused.Diagnostic);
            }

            return ValueTask.CompletedTask;
        });
    }

    private static FileContent Given(byte[] bytes) =>
        new(bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), ContentKind.IsProgram(bytes), bytes);

    /// <summary>Folders between the project and a source that have become links since the files were selected.</summary>
    private static IEnumerable<Diagnostic> LinkedFolders(IReadOnlyList<PackEntry> entries, string folder) =>
        from path in entries.Select(e => e.Source ?? e.Path).Where(p => !Path.IsPathRooted(p) && !p.StartsWith("../", StringComparison.Ordinal)).SelectMany(TreePath.Folders).Distinct()
        where FileTypeReader.Read(Path.Combine(folder, path)) == FileType.Link
        select PackingDiagnostics.SourceIsLink.In(Path.Combine(folder, path), path);
}
