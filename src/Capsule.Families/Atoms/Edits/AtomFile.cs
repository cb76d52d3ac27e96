using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Identity;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Edits;

/// <summary>
/// An <c>atom.toml</c> that was read in order to be changed. It is written whole or not at all, and only while it is still the file that
/// was read: of two writers at once, the second is refused (CAP0890).
/// </summary>
public sealed class AtomFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly byte[] _bytes;

    private AtomFile(SourceText source, byte[] bytes)
    {
        Source = source;
        _bytes = bytes;
    }

    public SourceText Source { get; }

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    public static Result<AtomFile> Open(string path)
    {
        try
        {
            var bytes = RegularFile.ReadAllBytes(path, SourceText.ManifestLimit);
            var text = SourceText.Decode(Path.GetFullPath(path), bytes);
            return text.Succeeded ? new AtomFile(text.Value, bytes) : Result.Failed<AtomFile>(text.Diagnostics);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return AtomDiagnostics.NoAtom.In(path, path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return AtomFileDiagnostics.NotWritten.In(path, $"it cannot be read: {problem.Message}");
        }
    }

    /// <summary>Writes the new text; null when that is done. A text that is the old one touches nothing.</summary>
    public async Task<Diagnostic?> SaveAsync(string text, CancellationToken cancel)
    {
        var path = Source.Path;
        byte[] content = [.. _bytes.AsSpan().StartsWith(Mark) ? Mark : [], .. System.Text.Encoding.UTF8.GetBytes(text)];
        if (content.AsSpan().SequenceEqual(_bytes))
        {
            return null;
        }

        try
        {
            using var held = await LockAsync(path, cancel);
            if (held is null || !IsUnchanged(held, path))
            {
                return AtomFileDiagnostics.Changed.In(path);
            }

            WholeFile.Write(path, content, OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path), hidden: true);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return AtomFileDiagnostics.NotWritten.In(path, problem.Message);
        }
    }

    /// <summary>Holds the file against other writers of ours, once all readers are done; null when another one has it for too long.</summary>
    private static async Task<FileStream?> LockAsync(string path, CancellationToken cancel)
    {
        var since = Environment.TickCount64;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, OperatingSystem.IsWindows() ? FileShare.Read | FileShare.Delete : FileShare.None, bufferSize: 1);
            }
            catch (IOException busy) when (busy is not (FileNotFoundException or DirectoryNotFoundException))
            {
                if (Environment.TickCount64 - since > Patience.TotalMilliseconds)
                {
                    return null;
                }

                await Task.Delay(10, cancel);
            }
        }
    }

    /// <summary>The file that is held is the one at the path (another writer may have put a new one there), and holds what was read.</summary>
    private bool IsUnchanged(FileStream held, string path) =>
        FileStamp.Of(held.SafeFileHandle) == FileStamp.Of(path)
        && held.Length == _bytes.Length
        && SHA256.HashData(held).AsSpan().SequenceEqual(SHA256.HashData(_bytes));
}
