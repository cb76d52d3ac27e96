namespace Capsule.Families.Atoms.Classes;

/// <summary>What stands at the top level of a <c>.proto</c> file. Comments and strings cannot fake it.</summary>
/// <param name="Syntax">Null when it is not stated.</param>
/// <param name="HasType">A message or an enum.</param>
/// <param name="HasService">A service.</param>
/// <param name="HasRpc">A service with an rpc.</param>
internal sealed record ProtobufFile(string? Syntax, bool HasType, bool HasService, bool HasRpc)
{
    /// <summary>Null when comments, strings or braces do not close.</summary>
    public static ProtobufFile? Read(string text)
    {
        if (Words(text) is not { } words)
        {
            return null;
        }

        var file = new ProtobufFile(null, false, false, false);
        var depth = 0;
        var serviceDepth = -1;
        for (var i = 0; i < words.Count; i++)
        {
            switch (words[i])
            {
                case "{":
                    depth++;
                    break;
                case "}":
                    depth--;
                    serviceDepth = depth <= serviceDepth ? -1 : serviceDepth;
                    break;
                case "syntax" when depth == 0 && i + 2 < words.Count && words[i + 1] == "=":
                    file = file with { Syntax = words[i + 2].Trim('"', '\'') };
                    break;
                case "message" or "enum" when depth == 0 && Opens(words, i):
                    file = file with { HasType = true };
                    break;
                case "service" when depth == 0 && Opens(words, i):
                    serviceDepth = depth;
                    file = file with { HasService = true };
                    break;
                case "rpc" when serviceDepth >= 0 && depth == serviceDepth + 1 && i + 2 < words.Count && words[i + 2] == "(":
                    file = file with { HasRpc = true };
                    break;
            }

            if (depth < 0)
            {
                return null;
            }
        }

        return depth == 0 ? file : null;
    }

    private static bool Opens(List<string> words, int at) => at + 2 < words.Count && words[at + 2] == "{";

    private static List<string>? Words(string text)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (text.AsSpan(i).StartsWith("//"))
            {
                var end = text.IndexOf('\n', i);
                i = end < 0 ? text.Length : end;
            }
            else if (text.AsSpan(i).StartsWith("/*"))
            {
                var end = text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    return null;
                }

                i = end + 2;
            }
            else if (text[i] is '"' or '\'')
            {
                for (i++; i < text.Length && text[i] != text[start]; i++)
                {
                    i += text[i] == '\\' ? 1 : 0;
                }

                if (i >= text.Length)
                {
                    return null;
                }

                words.Add(text[start..++i]);
            }
            else if (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_')
            {
                while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '.'))
                {
                    i++;
                }

                words.Add(text[start..i]);
            }
            else
            {
                if (!char.IsWhiteSpace(text[i]))
                {
                    words.Add(text[i].ToString());
                }

                i++;
            }
        }

        return words;
    }
}
