namespace Capsule.Families.Atoms.Classes;

/// <summary>Cuts a GraphQL text into tokens.</summary>
internal static class GraphqlTokens
{
    /// <summary>Null, with the offset, where no token can be read. The last token is empty.</summary>
    public static List<GraphqlToken>? Read(string text, out int offset)
    {
        var tokens = new List<GraphqlToken>();
        var i = text.StartsWith('\uFEFF') ? 1 : 0;
        while (i < text.Length)
        {
            var start = offset = i;
            var c = text[i];
            if (c is ' ' or '\t' or '\r' or '\n' or ',')
            {
                i++;
                continue;
            }

            if (c == '#')
            {
                var end = text.AsSpan(i).IndexOfAny('\r', '\n');
                i = end < 0 ? text.Length : i + end;
                continue;
            }

            if (c == '"')
            {
                i = EndOfString(text, i);
                if (i < 0)
                {
                    return null;
                }

                tokens.Add(new GraphqlToken("\"", start));
                continue;
            }

            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            {
                for (i++; i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '.' or '+' or '-' && c is not '_' && !char.IsAsciiLetter(c)); i++)
                {
                }
            }
            else if (text.AsSpan(i).StartsWith("..."))
            {
                i += 3;
            }
            else if ("!$&()[]{}:=@|".Contains(c, StringComparison.Ordinal))
            {
                i++;
            }
            else
            {
                return null;
            }

            tokens.Add(new GraphqlToken(text[start..i], start));
        }

        offset = text.Length;
        tokens.Add(new GraphqlToken("", text.Length));
        return tokens;
    }

    private static int EndOfString(string text, int start)
    {
        if (text.AsSpan(start).StartsWith("\"\"\""))
        {
            for (var i = start + 3; i < text.Length; i++)
            {
                if (text.AsSpan(i).StartsWith("\\\"\"\""))
                {
                    i += 3;
                }
                else if (text.AsSpan(i).StartsWith("\"\"\""))
                {
                    return i + 3;
                }
            }

            return -1;
        }

        for (var i = start + 1; i < text.Length && text[i] is not ('\n' or '\r'); i++)
        {
            if (text[i] == '"')
            {
                return i + 1;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return -1;
    }
}
