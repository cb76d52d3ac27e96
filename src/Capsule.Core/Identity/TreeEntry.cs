namespace Capsule.Core.Identity;

/// <summary>What an entry of a tree is.</summary>
public enum TreeEntryKind
{
    File,
    Executable,
    Link,
}

/// <summary>One line of a tree document (specs: trust 1).</summary>
/// <param name="Kind">File, executable file or symbolic link.</param>
/// <param name="Path">Relative, with <c>/</c>.</param>
/// <param name="Size">Bytes of the content, or of the link's target in UTF-8.</param>
/// <param name="Value">SHA-256 of the content in 64 lower-case hex digits, or the link's target as written.</param>
public sealed record TreeEntry(TreeEntryKind Kind, string Path, long Size, string Value)
{
    public static TreeEntry File(string path, long size, string sha256, bool executable = false) =>
        new(executable ? TreeEntryKind.Executable : TreeEntryKind.File, path, size, sha256);

    public static TreeEntry Link(string path, string target) =>
        new(TreeEntryKind.Link, path, System.Text.Encoding.UTF8.GetByteCount(target), target);

    public bool IsLink => Kind == TreeEntryKind.Link;
}
