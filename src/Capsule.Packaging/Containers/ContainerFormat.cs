using Capsule.Core.Identity;
using Capsule.Packaging.Archives;

namespace Capsule.Packaging.Containers;

/// <summary>
/// The layout of a container (docs: containers): a plain tar whose first member is the tree document, then what
/// describes the package, then the payload, a tar in one zstd frame.
/// </summary>
internal static class ContainerFormat
{
    public const string Metadata = "capsule/";

    /// <summary>First member: a file that starts with this name is a container of ours.</summary>
    public const string Tree = "capsule/tree";

    public const string Info = "capsule/package.json";

    /// <summary>Before the manifest's path in the tree.</summary>
    public const string Manifest = "capsule/manifest/";

    public const string Payload = "payload.tar.zst";

    public const int MaxAttachments = 16;

    /// <summary>The file beside a package that holds its signature lines.</summary>
    public const string SignatureExtension = ".sigstore.jsonl";

    /// <summary>Bytes of the payload before compression: known from the tree alone.</summary>
    public static long PayloadLength(TreeDocument tree) =>
        tree.Entries.Sum(e => e.IsLink ? TarWriter.LengthOf(e.Path, 0, e.Value) : TarWriter.LengthOf(e.Path, e.Size)) + TarWriter.EndLength;

    public static bool IsAttachmentName(string name) =>
        TreePath.Check(name) is null && !name.Contains('/') && name is not ("tree" or "package.json" or "manifest");
}
