using System.Security.Cryptography;
using System.Text;

namespace Capsule.Families.Atoms.Canonical;

/// <summary>
/// Says why a hash does not fit, when one of the usual damages or another rule explains it: a checkout that rewrote line ends, a byte
/// order mark, stripped blanks, an edited file end, a file too many. Small atoms only.
/// </summary>
internal static class HashForensics
{
    private static readonly (string Name, Func<byte[], byte[]> Change)[] Variants =
    [
        ("as it is", raw => raw),
        ("with LF line ends; the checkout turned them into CRLF (autocrlf?)", raw => Replace(raw, "\r\n", "\n")),
        ("with CRLF line ends; the checkout turned them into LF (autocrlf?)", raw => Replace(Replace(raw, "\r\n", "\n"), "\n", "\r\n")),
        ("with a byte order mark, which has been removed", raw => [0xEF, 0xBB, 0xBF, .. raw]),
        ("without its byte order mark, which has been added", raw => raw.AsSpan().StartsWith("\uFEFF"u8) ? raw[3..] : raw),
        ("with blanks at the ends of lines stripped", StripBlanks),
        ("with one line end less at its end", raw => raw.AsSpan().EndsWith("\n"u8) ? raw[..^1] : raw),
        ("with one line end more at its end", raw => [.. raw, (byte)'\n']),
    ];

    /// <summary>A sentence that ends with a full stop; empty when nothing explains it.</summary>
    public static string Explain(string stored, AtomFiles files, string? asset, string? binding, CancellationToken cancel)
    {
        if (Contents(files, cancel) is not { } contents)
        {
            return "";
        }

        if (asset is not null)
        {
            foreach (var (name, change) in Variants)
            {
                cancel.ThrowIfCancellationRequested();
                if (Hash([change(contents[asset])]) == stored)
                {
                    return $"The stored hash is that of '{asset}' alone, {name}{(name == Variants[0].Name && binding is not null ? $"; this catalog binds {binding}" : "")}.";
                }
            }
        }

        foreach (var (name, change) in Variants)
        {
            cancel.ThrowIfCancellationRequested();
            if (Hash(files.Paths.Select(p => change(contents[p]))) == stored)
            {
                return $"The stored hash is that of every file {name}.";
            }
        }

        return OneFile(stored, files, contents, cancel);
    }

    /// <summary>One file that does not belong, or that alone was damaged.</summary>
    private static string OneFile(string stored, AtomFiles files, Dictionary<string, byte[]> contents, CancellationToken cancel)
    {
        if (files.Paths.Count > 64)
        {
            return "";
        }

        var canonical = files.Paths.ToDictionary(p => p, p => Canonical(contents[p]), StringComparer.Ordinal);
        foreach (var path in files.Paths)
        {
            cancel.ThrowIfCancellationRequested();
            if (files.Paths.Count > 1 && Hash(files.Paths.Where(p => p != path).Select(p => canonical[p])) == stored)
            {
                return $"The stored hash is that of the files without '{path}'.";
            }

            foreach (var (name, change) in Variants)
            {
                if (Hash(files.Paths.Select(p => p == path ? change(canonical[p]) : canonical[p])) == stored)
                {
                    return $"The stored hash is that of the files, '{path}' {name}.";
                }
            }
        }

        return "";
    }

    private static Dictionary<string, byte[]>? Contents(AtomFiles files, CancellationToken cancel)
    {
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var total = 0L;
        foreach (var path in files.Paths)
        {
            var length = new FileInfo(Path.Combine(files.Folder, path)).Length;
            total += length;
            if (total > AtomLimits.Explained || CanonicalBytes.ReadRaw(files, path, cancel).Value is not { } bytes)
            {
                return null;
            }

            contents.Add(path, bytes);
        }

        return contents;
    }

    private static byte[] Canonical(byte[] raw)
    {
        var detector = new TextDetector();
        detector.Add(raw);
        detector.End();
        if (!detector.IsText)
        {
            return raw;
        }

        using var memory = new MemoryStream();
        var text = new TextNormalizer(memory.Write);
        text.Add(raw, first: true);
        text.End();
        return memory.ToArray();
    }

    private static string Hash(IEnumerable<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Latin-1 keeps every byte.
    private static byte[] Replace(byte[] raw, string old, string text) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(raw).Replace(old, text, StringComparison.Ordinal));

    private static byte[] StripBlanks(byte[] raw) => Encoding.Latin1.GetBytes(
        string.Join('\n', Encoding.Latin1.GetString(raw).Split('\n').Select(l => l.EndsWith('\r') ? l[..^1].TrimEnd(' ', '\t') + "\r" : l.TrimEnd(' ', '\t'))));
}
