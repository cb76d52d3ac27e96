using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;

namespace Capsule.Packaging.Containers;

/// <summary>
/// A package that was opened: all that stands before its payload is read and checked, the payload is not. No file stays
/// open. Before the content counts for anything it must have gone through <see cref="VerifyAsync"/> or
/// <see cref="ExtractAsync"/>.
/// </summary>
public sealed class OpenedPackage
{
    private readonly PackageReadOptions _options;

    internal OpenedPackage(string path, PackageForm form, TreeDocument tree, PackageReadOptions options)
    {
        Path = path;
        Form = form;
        Tree = tree;
        _options = options;
    }

    public string Path { get; }

    public PackageForm Form { get; }

    /// <summary>What the package claims to contain; its <see cref="TreeDocument.Identity"/> is what signatures are about.</summary>
    public TreeDocument Tree { get; }

    /// <summary>
    /// What the package says about itself. Of archives by others and unpacked folders only the manifest's path is known
    /// here, or nothing: family and name are empty and the families find out.
    /// </summary>
    public required PackageInfo Info { get; init; }

    /// <summary>The manifest's bytes, as the tree names them; null when the form does not tell which file it is.</summary>
    public ReadOnlyMemory<byte>? Manifest { get; init; }

    /// <summary>SBOM, provenance and so on, by name; outside the identity.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attachments { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>Signature lines inside an envelope or folder, then those beside it; null when there are none.</summary>
    public ReadOnlyMemory<byte>? SignatureLines { get; init; }

    /// <summary>Bytes of the file; 0 for a folder.</summary>
    public long Length { get; init; }

    internal string TopFolder { get; init; } = "";

    /// <summary>Compares every byte of the content with <see cref="Tree"/>. Succeeds with that document.</summary>
    public Task<Result<TreeDocument>> VerifyAsync(CancellationToken cancel) => PackageReader.UnpackAsync(this, null, _options, cancel);

    /// <summary>
    /// Unpacks into a folder that does not exist yet, comparing every byte with <see cref="Tree"/>. The folder appears
    /// whole, with the tree document in <c>.capsule/tree</c>, or not at all.
    /// </summary>
    public Task<Result<TreeDocument>> ExtractAsync(string folder, CancellationToken cancel) => PackageReader.UnpackAsync(this, folder, _options, cancel);
}
