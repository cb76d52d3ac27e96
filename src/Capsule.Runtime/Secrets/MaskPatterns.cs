using System.Globalization;
using System.Text;

namespace Capsule.Runtime.Secrets;

/// <summary>
/// The forms in which a value may be printed: as it is, in JSON, in a URL, in base64 wherever it stands in what is encoded, in hex, and line by
/// line. Whoever wants to print a value so that nobody knows it again can; this is against accidents.
/// </summary>
internal static class MaskPatterns
{
    private const int ShortestLine = 8;
    private const string Unreserved = "-_.~";
    private const string OfComponents = "-_.!~*'()";
    private const string OfAddresses = OfComponents + ";/?:@&=+$,#";

    /// <summary>Each form once, in bytes of UTF-8; none for a value that is too short.</summary>
    public static IReadOnlyList<byte[]> Of(string value)
    {
        if (value.Length < SecretRules.ShortestMasked)
        {
            return [];
        }

        var bytes = Encoding.UTF8.GetBytes(value);
        var lines = value.Contains('\n', StringComparison.Ordinal) ? value.Split('\n').Select(l => l.Trim()).Where(l => l.Length >= ShortestLine) : [];
        return
        [
            .. lines.Append(value).SelectMany(Escaped).Concat(Percent(bytes)).Concat(Base64(bytes))
                .Append(Convert.ToHexString(bytes)).Append(Convert.ToHexStringLower(bytes))
                .Where(t => t.Length >= SecretRules.ShortestMasked).Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes),
        ];
    }

    private static IEnumerable<string> Escaped(string text)
    {
        yield return text;
        foreach (var (ascii, html) in new[] { (false, false), (true, false), (true, true) })
        {
            foreach (var format in new[] { "x4", "X4" })
            {
                var plain = Json(text, ascii, html, format);
                yield return plain;
                yield return plain.Replace("/", "\\/", StringComparison.Ordinal);
            }
        }
    }

    /// <param name="text">What is written.</param>
    /// <param name="ascii">Whether other characters are escaped.</param>
    /// <param name="html">Whether those are that mean something in HTML, as System.Text.Json and Go do.</param>
    /// <param name="format">Upper or lower case digits.</param>
    private static string Json(string text, bool ascii, bool html, string format)
    {
        var json = new StringBuilder();
        foreach (var c in text)
        {
            json.Append(c switch
            {
                '"' when !html => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                _ when c < ' ' || (ascii && c > '~') || (html && c is '"' or '<' or '>' or '&' or '\'' or '+' or '`') => "\\u" + ((int)c).ToString(format, CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return json.ToString();
    }

    private static IEnumerable<string> Percent(byte[] bytes) =>
        from kept in new[] { Unreserved, OfComponents, OfAddresses }
        from format in new[] { "X2", "x2" }
        from space in new[] { "%20", "+" }
        select string.Concat(bytes.Select(b =>
            char.IsAsciiLetterOrDigit((char)b) || kept.Contains((char)b) ? ((char)b).ToString()
            : b == ' ' ? space
            : "%" + b.ToString(format, CultureInfo.InvariantCulture)));

    /// <summary>What stands before a value shifts its base64 by a third of a group; the digits that a neighbour decides too are left out.</summary>
    private static IEnumerable<string> Base64(byte[] bytes)
    {
        for (var shift = 0; shift < 3; shift++)
        {
            var text = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            var (from, to) = (((8 * shift) + 5) / 6, 8 * (shift + bytes.Length) / 6);
            foreach (var part in shift == 0 ? new[] { text[from..to], text.TrimEnd('=') } : [text[from..to]])
            {
                yield return part;
                yield return part.Replace('+', '-').Replace('/', '_');
            }
        }
    }
}
