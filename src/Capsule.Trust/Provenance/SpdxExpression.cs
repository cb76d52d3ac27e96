namespace Capsule.Trust.Provenance;

/// <summary>Whether a text has the form of an SPDX licence expression (SPDX 2.3 annex D); the list of licences is not consulted.</summary>
internal static class SpdxExpression
{
    public static bool IsWellFormed(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var words = text.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var position = 0;
        return Compound(words, ref position, depth: 0) && position == words.Length;
    }

    private static bool Compound(string[] words, ref int position, int depth)
    {
        if (!Simple(words, ref position, depth))
        {
            return false;
        }

        while (position < words.Length && words[position] is ("AND" or "OR" or "WITH"))
        {
            position++;
            if (!Simple(words, ref position, depth))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Simple(string[] words, ref int position, int depth)
    {
        if (position >= words.Length || depth > 16)
        {
            return false;
        }

        if (words[position] == "(")
        {
            position++;
            return Compound(words, ref position, depth + 1) && position < words.Length && words[position++] == ")";
        }

        var word = words[position++];
        return word is not ("AND" or "OR" or "WITH" or ")") && !word.StartsWith("LicenseRef-", StringComparison.Ordinal)
            && word.TrimEnd('+').All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
    }
}
