using System.Buffers;
using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Core.Identity;

/// <summary>What reading a file once tells: its size, digest, whether it is a program, and small contents themselves.</summary>
/// <param name="Size">Bytes read.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="IsProgram">See <see cref="ContentKind"/>.</param>
/// <param name="Bytes">The content, when it was small enough to be kept; null otherwise.</param>
public sealed record FileContent(long Size, string Sha256, bool IsProgram, byte[]? Bytes)
{
    private const int BufferLength = 1 << 17;

    /// <summary>
    /// Reads a file in pieces. Throws <see cref="RefusedException"/> (CAP2025 to CAP2027) when it is no file, cannot be
    /// read, or changes meanwhile.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="keepUpTo">Contents up to this many bytes are kept.</param>
    /// <param name="cancel">Stops between two pieces.</param>
    public static FileContent Read(string path, string name, int keepUpTo, CancellationToken cancel) =>
        Read(path, name, FileStamp.Of(path), keepUpTo, cancel);

    /// <summary>The same for a file that was already asked about; one that is another by now has changed.</summary>
    public static FileContent Read(string path, string name, FileStamp stamp, int keepUpTo, CancellationToken cancel)
    {
        if (stamp.Type == FileType.Special)
        {
            throw new RefusedException(TreeDiagnostics.SpecialFile.In(path, name));
        }

        try
        {
            using var file = File.OpenHandle(path);
            var content = stamp.Size <= keepUpTo ? ReadSmall(file, (int)stamp.Size) : ReadLarge(file, cancel);
            if (content.Size != stamp.Size || FileStamp.Of(file) != stamp)
            {
                throw new RefusedException(TreeDiagnostics.Changed.In(path, name));
            }

            return content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(TreeDiagnostics.Unreadable.In(path, name, e.Message));
        }
    }

    private static FileContent ReadSmall(SafeFileHandle file, int length)
    {
        var bytes = new byte[length];
        var filled = 0;
        while (filled < length && RandomAccess.Read(file, bytes.AsSpan(filled), filled) is var read and > 0)
        {
            filled += read;
        }

        return new FileContent(filled, Convert.ToHexStringLower(SHA256.HashData(bytes)), ContentKind.IsProgram(bytes), bytes);
    }

    private static FileContent ReadLarge(SafeFileHandle file, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var total = 0L;
            var isProgram = false;
            while (RandomAccess.Read(file, buffer.AsSpan(0, BufferLength), total) is var read and > 0)
            {
                cancel.ThrowIfCancellationRequested();
                isProgram = total == 0 ? ContentKind.IsProgram(buffer.AsSpan(0, read)) : isProgram;
                hash.AppendData(buffer, 0, read);
                total += read;
            }

            return new FileContent(total, Convert.ToHexStringLower(hash.GetHashAndReset()), isProgram, null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
