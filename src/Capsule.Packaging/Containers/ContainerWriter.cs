using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Packaging.Archives;
using Capsule.Packaging.Compression;

namespace Capsule.Packaging.Containers;

/// <summary>Writes a container; see <see cref="ContainerFormat"/>.</summary>
internal static class ContainerWriter
{
    /// <summary>Writes into a seekable, empty stream.</summary>
    public static void Write(Stream output, PackSources sources, PackageInfo info, PackRequest request, CancellationToken cancel)
    {
        var attachments = request.Attachments(sources.Tree);
        foreach (var attachment in attachments)
        {
            if (!ContainerFormat.IsAttachmentName(attachment.Name) || attachments.Count(a => a.Name == attachment.Name) > 1)
            {
                throw new RefusedException(PackingDiagnostics.AttachmentName.Now(attachment.Name));
            }
        }

        var largest = attachments.Select(a => a.Content.Length).Append(sources.Tree.Bytes.Length).Append((int)Math.Min(sources.Tree.Find(info.Manifest)!.Size, int.MaxValue)).Max();
        if (largest > request.Limits.MaxMetadataBytes)
        {
            throw new RefusedException(ArchiveDiagnostics.TooLarge.Now(request.Limits.MaxMetadataBytes));
        }

        var time = request.Time.ToUnixTimeSeconds();
        var outer = new TarWriter(output, time);
        outer.WriteFile(ContainerFormat.Tree, sources.Tree.Bytes.Span);
        outer.WriteFile(ContainerFormat.Info, info.Write());
        var manifest = sources.Tree.Find(info.Manifest)!;
        outer.BeginFile(ContainerFormat.Manifest + manifest.Path, manifest.Size, executable: false);
        sources.Copy(manifest, output, cancel);
        outer.EndMember(manifest.Size);
        foreach (var attachment in attachments.OrderBy(a => a.Name, TreePathOrder.Instance))
        {
            outer.WriteFile(ContainerFormat.Metadata + attachment.Name, attachment.Content.Span);
        }

        // How long the payload is shows only after compressing it: its header is written again at the end.
        var header = output.Position;
        outer.BeginFile(ContainerFormat.Payload, 0, executable: false);
        var start = output.Position;
        WritePayload(output, sources, time, cancel);
        var size = output.Position - start;
        outer.EndMember(size);
        outer.End();
        output.Position = header;
        output.Write(outer.LateHeader(ContainerFormat.Payload, size));
        request.Limits.Check(sources.Tree.Entries.Count, ContainerFormat.PayloadLength(sources.Tree), output.Length);
    }

    private static void WritePayload(Stream output, PackSources sources, long time, CancellationToken cancel)
    {
        using var frame = new ZstdCompressor(output, ContainerFormat.PayloadLength(sources.Tree));
        using var buffered = new BufferedStream(frame, 1 << 20);
        var payload = new TarWriter(buffered, time);
        foreach (var entry in sources.Tree.Entries)
        {
            cancel.ThrowIfCancellationRequested();
            if (entry.IsLink)
            {
                payload.WriteLink(entry.Path, entry.Value);
            }
            else
            {
                payload.BeginFile(entry.Path, entry.Size, entry.Kind == TreeEntryKind.Executable);
                sources.Copy(entry, buffered, cancel);
                payload.EndMember(entry.Size);
            }
        }

        payload.End();
        buffered.Flush();
        frame.Finish();
    }

    public static string Digest(Stream written, CancellationToken cancel)
    {
        written.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 17];
        while (written.Read(buffer) is var read and > 0)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
