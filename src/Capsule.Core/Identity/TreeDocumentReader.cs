using System.Globalization;
using System.Text;
using Capsule.Core.Diagnostics;

namespace Capsule.Core.Identity;

/// <summary>The strict reader behind <see cref="TreeDocument.Parse"/>.</summary>
internal static class TreeDocumentReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Result<TreeDocument> Read(ReadOnlySpan<byte> document)
    {
        string text;
        try
        {
            text = Strict.GetString(document);
        }
        catch (DecoderFallbackException)
        {
            return TreeDiagnostics.Malformed.Now("it is not valid UTF-8");
        }

        if (!text.StartsWith(TreeIdentity.Format + "\n", StringComparison.Ordinal))
        {
            return TreeDiagnostics.Malformed.Now($"its first line is not '{TreeIdentity.Format}'");
        }

        if (text[^1] != '\n')
        {
            return TreeDiagnostics.Malformed.Now("its last line does not end");
        }

        var entries = new List<TreeEntry>();
        var number = 1;
        foreach (var range in text.AsSpan()[..^1].Split('\n'))
        {
            if (number++ == 1)
            {
                continue;
            }

            if (ReadLine(text[range]) is not { } entry)
            {
                return TreeDiagnostics.Malformed.Now($"line {number - 1} is not a kind, a size, a digest or target, and a path, separated by tabs");
            }

            if (entries.Count > 0 && TreePathOrder.Instance.Compare(entries[^1].Path, entry.Path) > 0)
            {
                return TreeDiagnostics.NotCanonical.Now($"line {number - 1} is not in order");
            }

            entries.Add(entry);
        }

        return Canonical(TreeDocument.Create(entries), document);
    }

    private static TreeEntry? ReadLine(string line)
    {
        var fields = line.Split('\t');
        if (fields.Length != 4 || !long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            return null;
        }

        return fields[0] switch
        {
            "f" => new TreeEntry(TreeEntryKind.File, fields[3], size, fields[2]),
            "x" => new TreeEntry(TreeEntryKind.Executable, fields[3], size, fields[2]),
            "l" => new TreeEntry(TreeEntryKind.Link, fields[3], size, fields[2]),
            _ => null,
        };
    }

    // Whatever the checks above may overlook, such as a zero before a size: one tree has one document.
    private static Result<TreeDocument> Canonical(Result<TreeDocument> read, ReadOnlySpan<byte> document) =>
        read.Succeeded && !read.Value.Bytes.Span.SequenceEqual(document)
            ? TreeDiagnostics.NotCanonical.Now("it is written in another way than the rules give")
            : read;
}
