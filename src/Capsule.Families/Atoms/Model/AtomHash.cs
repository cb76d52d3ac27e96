namespace Capsule.Families.Atoms.Model;

/// <summary>The two ways to write a <c>content_hash</c>: 64 hex digits, bare or after <c>sha256:</c>.</summary>
public static class AtomHash
{
    private const string Prefix = "sha256:";

    /// <summary>The digits in lower case; null when the text is no hash.</summary>
    public static string? Digits(string text)
    {
        var digits = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        return digits.Length == 64 && digits.All(char.IsAsciiHexDigit) ? digits.ToLowerInvariant() : null;
    }

    /// <summary>A hash in the style in which another one is written.</summary>
    public static string Write(string digits, string? like) => like?.StartsWith(Prefix, StringComparison.Ordinal) == true ? Prefix + digits : digits;
}
