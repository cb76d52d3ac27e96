using System.Buffers;
using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;

namespace Capsule.Packaging.Archives;

/// <summary>
/// Compares an archive with a tree document, byte for byte, and writes its files where wanted. Nothing but what the
/// document names is accepted, and all of it must be there (CAP2120).
/// </summary>
internal sealed class TreeUnpacker(TreeDocument tree, string topFolder, FreshFolder? target)
{
    private const int BufferLength = 1 << 17;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Run(IArchiveReader archive, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (archive.Next() is { } member)
            {
                cancel.ThrowIfCancellationRequested();
                if (MemberPath.Of(member, topFolder) is { } path && member.Kind != ArchiveMemberKind.Folder)
                {
                    Take(path, member, archive.Content, buffer, cancel);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _hash.Dispose();
        }

        if (_seen.Count < tree.Entries.Count)
        {
            throw Differs(tree.Entries.First(e => !_seen.Contains(e.Path)).Path, "is missing");
        }
    }

    private void Take(string path, ArchiveMember member, Stream content, byte[] buffer, CancellationToken cancel)
    {
        if (tree.Find(path) is not { } entry)
        {
            throw Differs(path, "is not in its tree document");
        }

        if (!_seen.Add(path))
        {
            throw Differs(path, "occurs twice");
        }

        if (entry.IsLink != (member.Kind == ArchiveMemberKind.Link))
        {
            throw Differs(path, "is of another kind than its tree document says");
        }

        if (entry.IsLink ? entry.Value != member.Target : entry.Size != member.Size)
        {
            throw Differs(path, "has another content than its tree document says");
        }

        if (!entry.IsLink)
        {
            Copy(entry, content, buffer, cancel);
        }
    }

    private void Copy(TreeEntry entry, Stream content, byte[] buffer, CancellationToken cancel)
    {
        using var file = target?.Create(entry.Path, entry.Kind == TreeEntryKind.Executable);
        var total = 0L;
        while (content.Read(buffer, 0, BufferLength) is var read and > 0)
        {
            cancel.ThrowIfCancellationRequested();
            _hash.AppendData(buffer, 0, read);
            if (file is not null)
            {
                RandomAccess.Write(file, buffer.AsSpan(0, read), total);
            }

            total += read;
        }

        if (total != entry.Size || Convert.ToHexStringLower(_hash.GetHashAndReset()) != entry.Value)
        {
            throw Differs(entry.Path, "has another content than its tree document says");
        }
    }

    private static RefusedException Differs(string path, string how) => new(ArchiveDiagnostics.ContentDiffers.Now(TreePath.Show(path), how));
}
