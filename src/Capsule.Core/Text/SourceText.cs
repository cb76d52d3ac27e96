using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;

namespace Capsule.Core.Text;

/// <summary>A text and the file it came from. <see cref="Path"/> is absolute, or a name in angle brackets.</summary>
public sealed record SourceText(string Path, string Text)
{
    /// <summary>The largest manifest that is read: 1 MiB. It bounds what a hostile manifest can cost.</summary>
    public const int ManifestLimit = 1024 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public SourceSpan Whole => SourceSpan.Of(Path);

    /// <summary>
    /// Reads a file as strict UTF-8. A byte order mark is dropped; a byte that is not UTF-8 is refused with its place.
    /// </summary>
    /// <param name="path">The file; made absolute.</param>
    /// <param name="limit">The largest size in bytes.</param>
    public static Result<SourceText> Load(string path, int limit = ManifestLimit)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            return TextDiagnostics.IsFolder.In(full, full);
        }

        if (RegularFile.IsSpecial(full))
        {
            return TextDiagnostics.IsSpecial.In(full, full);
        }

        try
        {
            using var file = RegularFile.OpenRead(full, bufferSize: 1);
            using var memory = new MemoryStream();
            var chunk = new byte[16 * 1024];
            int read;
            while ((read = file.Read(chunk)) > 0)
            {
                memory.Write(chunk, 0, read);
                if (memory.Length > limit)
                {
                    return TextDiagnostics.TooLarge.In(full, full, limit);
                }
            }

            return Decode(full, memory.GetBuffer().AsSpan(0, (int)memory.Length));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return TextDiagnostics.Missing.In(full, full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return TextDiagnostics.Unreadable.In(full, full, e.Message);
        }
    }

    /// <summary>Strict UTF-8, a byte order mark dropped; the first wrong byte is refused with its place.</summary>
    public static Result<SourceText> Decode(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(ByteOrderMark))
        {
            bytes = bytes[ByteOrderMark.Length..];
        }

        var text = new char[bytes.Length];
        var status = Utf8.ToUtf16(bytes, text, out var read, out var written, replaceInvalidSequences: false);
        var good = new SourceText(path, new string(text, 0, written));
        return status == OperationStatus.Done
            ? good
            : TextDiagnostics.NotUtf8.At(new LineMap(good).Span(written, written), bytes[read].ToString("X2", CultureInfo.InvariantCulture));
    }
}
