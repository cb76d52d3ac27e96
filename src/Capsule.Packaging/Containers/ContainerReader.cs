using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Packaging.Archives;
using Capsule.Packaging.Compression;

namespace Capsule.Packaging.Containers;

/// <summary>What stands before the payload of a container.</summary>
/// <param name="Tree">The tree document; the payload is not compared with it yet.</param>
/// <param name="Info">What the package says about itself.</param>
/// <param name="Manifest">The manifest's bytes; they are those that the tree names.</param>
/// <param name="Attachments">SBOM, provenance and so on, by name.</param>
internal sealed record ContainerHead(TreeDocument Tree, PackageInfo Info, ReadOnlyMemory<byte> Manifest, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Attachments);

/// <summary>Reads containers, forward only.</summary>
internal static class ContainerReader
{
    public static bool Recognises(ReadOnlySpan<byte> firstBlock) =>
        firstBlock.Length >= TarBlock.Length && new TarBlock(firstBlock).Name.SequenceEqual("capsule/tree"u8);

    /// <summary>Reads up to the payload and checks that it may be unpacked within the limits.</summary>
    /// <param name="container">From its start; closed.</param>
    /// <param name="length">Bytes of the file that the container lies in.</param>
    /// <param name="limits">Bounds.</param>
    public static ContainerHead ReadHead(Stream container, long length, ArchiveLimits limits)
    {
        using var archive = new TarReader(container, limits) { IsPlain = true };
        var head = ReadHead(archive, limits);
        limits.Check(head.Tree.Entries.Count, ContainerFormat.PayloadLength(head.Tree), length);
        return head;
    }

    /// <summary>Reads the payload and compares it with the tree, writing it where wanted.</summary>
    public static void Unpack(Stream container, long length, TreeDocument tree, FreshFolder? target, ArchiveLimits limits, CancellationToken cancel)
    {
        using var outer = new TarReader(container, limits) { IsPlain = true };
        if (ReadHead(outer, limits).Tree.Identity != tree.Identity)
        {
            throw Malformed("it changed while it was read");
        }

        // The decompressor closes what it reads from; the container's own end must still be seen.
        using (var inner = new TarReader(ArchiveOpener.Guard(new ZstdDecompressor(outer.Content) { IsPlain = true }, length, limits), limits))
        {
            new TreeUnpacker(tree, "", target).Run(inner, cancel);
        }

        if (outer.Next() is { } extra)
        {
            throw Malformed($"'{TreePath.Show(extra.Name)}' follows its payload");
        }
    }

    private static ContainerHead ReadHead(TarReader archive, ArchiveLimits limits)
    {
        TreeDocument? tree = null;
        PackageInfo? info = null;
        ReadOnlyMemory<byte>? manifest = null;
        var attachments = new SortedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        while (archive.Next() is { Kind: ArchiveMemberKind.File } member)
        {
            if (tree is null)
            {
                var read = member.Name == ContainerFormat.Tree ? TreeDocument.Parse(ReadAll(archive, member, limits).Span) : throw Malformed("its first member is not capsule/tree");
                tree = read.Succeeded ? read.Value : throw new RefusedException(read.Diagnostics[0]);
            }
            else if (info is null)
            {
                info = member.Name == ContainerFormat.Info ? PackageInfo.Read(ReadAll(archive, member, limits)) : throw Malformed("its second member is not capsule/package.json");
            }
            else if (manifest is null)
            {
                manifest = member.Name == ContainerFormat.Manifest + info.Manifest ? ReadAll(archive, member, limits) : throw Malformed("its third member is not the manifest");
                CheckManifest(tree, info.Manifest, manifest.Value.Span);
            }
            else if (member.Name == ContainerFormat.Payload)
            {
                return new ContainerHead(tree, info, manifest.Value, attachments);
            }
            else if (!AddAttachment(attachments, member, archive, limits))
            {
                throw Malformed($"'{TreePath.Show(member.Name)}' is no member of a package");
            }
        }

        throw Malformed("it has no payload");
    }

    private static bool AddAttachment(SortedDictionary<string, ReadOnlyMemory<byte>> attachments, ArchiveMember member, TarReader archive, ArchiveLimits limits)
    {
        if (!member.Name.StartsWith(ContainerFormat.Metadata, StringComparison.Ordinal) || attachments.Count == ContainerFormat.MaxAttachments)
        {
            return false;
        }

        var name = member.Name[ContainerFormat.Metadata.Length..];
        return ContainerFormat.IsAttachmentName(name) && attachments.TryAdd(name, ReadAll(archive, member, limits));
    }

    private static void CheckManifest(TreeDocument tree, string path, ReadOnlySpan<byte> manifest)
    {
        if (tree.Find(path) is not { IsLink: false } entry
            || entry.Size != manifest.Length
            || entry.Value != Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(manifest)))
        {
            throw new RefusedException(PackingDiagnostics.ManifestDiffers.Now(path));
        }
    }

    private static ReadOnlyMemory<byte> ReadAll(TarReader archive, ArchiveMember member, ArchiveLimits limits)
    {
        if (member.Size > limits.MaxMetadataBytes)
        {
            throw Malformed($"'{TreePath.Show(member.Name)}' is larger than {limits.MaxMetadataBytes} bytes");
        }

        // Grows with what is really there, not with what a header claims.
        using var bytes = new MemoryStream((int)Math.Min(member.Size, 1 << 16));
        archive.Content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static RefusedException Malformed(string why) => new(PackingDiagnostics.NotAContainer.Now(why));
}
