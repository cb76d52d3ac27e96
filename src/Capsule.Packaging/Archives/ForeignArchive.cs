using System.Buffers;
using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Packaging.Containers;

namespace Capsule.Packaging.Archives;

/// <summary>
/// The tree of an archive that was not made by us: every member is read once, within the limits, before anything is
/// written. Executables are what looks like a program or has the mode of one.
/// </summary>
/// <param name="Tree">The tree below <paramref name="TopFolder"/>.</param>
/// <param name="TopFolder">The only folder at the archive's root when the manifest lies in it; else empty.</param>
/// <param name="Manifest">Path of the manifest in the tree; empty when none was looked for.</param>
/// <param name="ManifestContent">Its bytes.</param>
internal sealed record ForeignArchive(TreeDocument Tree, string TopFolder, string Manifest, ReadOnlyMemory<byte> ManifestContent)
{
    private const int BufferLength = 1 << 17;
    private const int MaxManifestBytes = 1 << 20;
    private const int MaxManifests = 64;

    /// <summary>Reads the archive to its end and finds its manifest (CAP2121).</summary>
    public static ForeignArchive Read(IArchiveReader archive, PackageReadOptions options, CancellationToken cancel)
    {
        var isManifest = options.IsManifest;
        var entries = new List<TreeEntry>();
        var manifests = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            while (archive.Next() is { } member)
            {
                cancel.ThrowIfCancellationRequested();
                if (MemberPath.Of(member, "") is not { } path || member.Kind == ArchiveMemberKind.Folder)
                {
                    continue;
                }

                var content = archive.Content;
                if (MayBeManifest(path, member, isManifest) && manifests.Count < MaxManifests)
                {
                    var bytes = new byte[member.Size];
                    content.ReadExactly(bytes);
                    manifests[path] = bytes;
                    content = new MemoryStream(bytes);
                }

                entries.Add(member.Kind == ArchiveMemberKind.Link ? TreeEntry.Link(path, member.Target!) : Hash(path, member, content, hash, buffer, cancel));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var top = options.NeedsManifest ? TopOf(entries, isManifest) : "";
        var below = top.Length == 0 ? entries : entries.Select(e => e with { Path = e.Path[(top.Length + 1)..] });
        var tree = TreeDocument.Create(below);
        if (!tree.Succeeded)
        {
            throw new RefusedException(tree.Diagnostics[0]);
        }

        if (!options.NeedsManifest)
        {
            return new ForeignArchive(tree.Value, top, "", default);
        }

        var manifest = tree.Value.Entries.First(e => !e.IsLink && !e.Path.Contains('/') && isManifest(e.Path)).Path;
        return manifests.TryGetValue(top.Length == 0 ? manifest : $"{top}/{manifest}", out var found)
            ? new ForeignArchive(tree.Value, top, manifest, found)
            : throw new RefusedException(ArchiveDiagnostics.NoManifest.Now());
    }

    private static bool MayBeManifest(string path, ArchiveMember member, Func<string, bool> isManifest) =>
        member.Kind == ArchiveMemberKind.File && member.Size <= MaxManifestBytes && path.Split('/') is { Length: <= 2 } parts && isManifest(parts[^1]);

    private static TreeEntry Hash(string path, ArchiveMember member, Stream content, IncrementalHash hash, byte[] buffer, CancellationToken cancel)
    {
        Span<byte> head = stackalloc byte[ContentKind.HeadLength];
        var headLength = 0;
        var total = 0L;
        while (content.Read(buffer, 0, BufferLength) is var read and > 0)
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < read && headLength < head.Length; i++)
            {
                head[headLength++] = buffer[i];
            }

            hash.AppendData(buffer, 0, read);
            total += read;
        }

        var executable = member.Executable || ContentKind.IsProgram(head[..headLength]);
        return TreeEntry.File(path, total, Convert.ToHexStringLower(hash.GetHashAndReset()), executable);
    }

    private static string TopOf(List<TreeEntry> entries, Func<string, bool> isManifest)
    {
        if (entries.Any(e => !e.IsLink && !e.Path.Contains('/') && isManifest(e.Path)))
        {
            return "";
        }

        var tops = entries.Select(e => e.Path.Split('/')[0]).Distinct().Take(2).ToArray();
        return tops.Length == 1 && entries.Any(e => !e.IsLink && e.Path.Split('/') is [_, var name] && isManifest(name))
            ? tops[0]
            : throw new RefusedException(ArchiveDiagnostics.NoManifest.Now());
    }
}
