using System.Text;
using Capsule.Core.Diagnostics;

namespace Capsule.Core.Identity;

/// <summary>
/// The tree document "capsule-tree/1" (specs: trust 1): every file and link of a package, sorted, with sizes and
/// digests. Its SHA-256 is the identity of the package. An instance always obeys all rules.
/// </summary>
public sealed class TreeDocument
{
    /// <summary>The largest size an entry can state: 2^53-1, the largest integer that JSON readers agree on.</summary>
    public const long MaxSize = (1L << 53) - 1;

    private readonly Dictionary<string, TreeEntry> _byPath;

    private TreeDocument(IReadOnlyList<TreeEntry> entries, byte[] bytes)
    {
        Entries = entries;
        Bytes = bytes;
        Identity = TreeIdentity.Of(bytes);
        TotalSize = entries.Where(e => !e.IsLink).Sum(e => (decimal)e.Size) is var sum && sum > long.MaxValue ? long.MaxValue : (long)sum;
        _byPath = entries.ToDictionary(e => e.Path, StringComparer.Ordinal);
    }

    /// <summary>Sorted by the UTF-8 bytes of the path.</summary>
    public IReadOnlyList<TreeEntry> Entries { get; }

    /// <summary>The document itself: UTF-8, no BOM, every line ended by LF.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary><c>capsule-tree/1:</c> and 64 lower-case hex digits.</summary>
    public string Identity { get; }

    /// <summary>Bytes of all files together.</summary>
    public long TotalSize { get; }

    public TreeEntry? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Builds the document from entries in any order; fails with every broken rule (CAP20nn).</summary>
    public static Result<TreeDocument> Create(IEnumerable<TreeEntry> entries)
    {
        var sorted = entries.ToArray();
        Array.Sort(sorted, (x, y) => TreePathOrder.Instance.Compare(x.Path, y.Path));
        var problems = TreeRules.Check(sorted);
        return problems.Count > 0 ? Result.Failed<TreeDocument>(problems) : new TreeDocument(sorted, Write(sorted));
    }

    /// <summary>Reads a document; only its one valid form passes, so equal trees are equal bytes.</summary>
    public static Result<TreeDocument> Parse(ReadOnlySpan<byte> document) => TreeDocumentReader.Read(document);

    private static byte[] Write(IReadOnlyList<TreeEntry> sorted)
    {
        var text = new StringBuilder(sorted.Count * 96).Append(TreeIdentity.Format).Append('\n');
        foreach (var entry in sorted)
        {
            text.Append(entry.Kind switch { TreeEntryKind.Executable => 'x', TreeEntryKind.Link => 'l', _ => 'f' })
                .Append('\t').Append(entry.Size)
                .Append('\t').Append(entry.Value)
                .Append('\t').Append(entry.Path)
                .Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
