using System.Buffers;
using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;

namespace Capsule.Families.Atoms.Canonical;

/// <summary>
/// Canonical bytes of an atom and their SHA-256, its <c>content_hash</c> (specs: atoms 5.3). Files are read in pieces, twice when
/// they are large: whether a file is text is known at its end only.
/// </summary>
public static class CanonicalBytes
{
    private const int Piece = 1 << 17;

    /// <summary>64 lower-case hex digits, by the rule of <see cref="CanonicalRules.Canonical"/> (CAP0816).</summary>
    public static Result<string> Hash(AtomFiles files, CancellationToken cancel = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var total = 0L;
        return Run(files, bytes =>
        {
            Count(files, ref total, bytes.Length, AtomLimits.Hashed);
            hash.AppendData(bytes);
        }, () => Convert.ToHexStringLower(hash.GetHashAndReset()), cancel);
    }

    /// <summary>The bytes themselves, at most <see cref="AtomLimits.Message"/> of them: the message that signatures are over.</summary>
    public static Result<byte[]> Read(AtomFiles files, CancellationToken cancel = default)
    {
        using var memory = new MemoryStream();
        var total = 0L;
        return Run(files, bytes =>
        {
            Count(files, ref total, bytes.Length, AtomLimits.Message);
            memory.Write(bytes);
        }, memory.ToArray, cancel);
    }

    /// <summary>SHA-256 of one file as it is.</summary>
    public static Result<string> HashRaw(AtomFiles files, string path, CancellationToken cancel = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        return Run(files with { Paths = [path] }, hash.AppendData, () => Convert.ToHexStringLower(hash.GetHashAndReset()), cancel, raw: true);
    }

    /// <summary>One file as it is, at most <see cref="AtomLimits.Message"/> bytes.</summary>
    public static Result<byte[]> ReadRaw(AtomFiles files, string path, CancellationToken cancel = default)
    {
        using var memory = new MemoryStream();
        var total = 0L;
        return Run(files with { Paths = [path] }, bytes =>
        {
            Count(files, ref total, bytes.Length, AtomLimits.Message);
            memory.Write(bytes);
        }, memory.ToArray, cancel, raw: true);
    }

    /// <summary>Size and SHA-256 of one file, as it is or in its canonical form.</summary>
    public static Result<MeasuredFile> Measure(AtomFiles files, string path, bool raw, CancellationToken cancel = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var total = 0L;
        return Run(files with { Paths = [path] }, bytes =>
        {
            Count(files, ref total, bytes.Length, AtomLimits.Hashed);
            hash.AppendData(bytes);
        }, () => new MeasuredFile(total, hash.GetHashAndReset()), cancel, raw);
    }

    private static Result<T> Run<T>(AtomFiles files, Action<ReadOnlySpan<byte>> emit, Func<T> finish, CancellationToken cancel, bool raw = false)
        where T : class
    {
        if (files.Problems.Count > 0)
        {
            return Result.Failed<T>(files.Problems);
        }

        try
        {
            foreach (var path in files.Paths)
            {
                Copy(files, path, raw, emit, cancel);
            }

            return finish();
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
    }

    private static void Copy(AtomFiles files, string path, bool raw, Action<ReadOnlySpan<byte>> emit, CancellationToken cancel)
    {
        var full = Path.Combine(files.Folder, path);
        var stamp = FileStamp.Of(full);
        if (stamp.Type != FileType.Regular)
        {
            throw Refused(files, path, "it is no longer a file");
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            using var file = File.OpenHandle(full, options: FileOptions.SequentialScan);
            var size = 0L;
            if (raw || !IsText(file, buffer, ref size, cancel))
            {
                Each(file, buffer, (piece, _) => emit(piece), ref size, cancel);
            }
            else
            {
                var text = new TextNormalizer(emit);
                Each(file, buffer, text.Add, ref size, cancel);
                text.End();
            }

            if (size != stamp.Size || FileStamp.Of(file) != stamp)
            {
                throw Refused(files, path, "it was changed while it was read");
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw Refused(files, path, $"it cannot be read ({problem.Message.TrimEnd('.')})");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool IsText(Microsoft.Win32.SafeHandles.SafeFileHandle file, byte[] buffer, ref long size, CancellationToken cancel)
    {
        var detector = new TextDetector();
        Each(file, buffer, (piece, _) => detector.Add(piece), ref size, cancel);
        detector.End();
        return detector.IsText;
    }

    private static void Each(Microsoft.Win32.SafeHandles.SafeFileHandle file, byte[] buffer, Action<ReadOnlySpan<byte>, bool> use, ref long size, CancellationToken cancel)
    {
        size = 0;
        int filled;
        while ((filled = Fill(file, buffer, size)) > 0)
        {
            cancel.ThrowIfCancellationRequested();
            use(buffer.AsSpan(0, filled), size == 0);
            size += filled;
        }
    }

    /// <summary>Full pieces, so that a byte order mark is never cut.</summary>
    private static int Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, byte[] buffer, long offset)
    {
        var filled = 0;
        while (filled < Piece && RandomAccess.Read(file, buffer.AsSpan(filled, Piece - filled), offset + filled) is var read and > 0)
        {
            filled += read;
        }

        return filled;
    }

    private static void Count(AtomFiles files, ref long total, int more, long limit)
    {
        total += more;
        if (total > limit)
        {
            throw Refused(files, files.Paths[^1], $"the files of the atom are larger than {limit} bytes together");
        }
    }

    private static RefusedException Refused(AtomFiles files, string path, string why) =>
        new(AtomDiagnostics.IllegalFile.In(Path.Combine(files.Folder, AtomNames.ManifestName), path, why));
}
