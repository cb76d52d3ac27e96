using System.Text;

namespace Capsule.Families.Capsules.Services;

/// <summary>Words of a command line as a POSIX shell splits them (XCU 2.2, 2.6.5): quotes and backslashes, nothing expanded.</summary>
internal static class ShellWords
{
    /// <summary>Null when a quote is not closed or a backslash ends the line.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        for (var i = 0; i < line.Length; i++)
        {
            var character = line[i];
            switch (character)
            {
                case ' ' or '\t' or '\n':
                    if (word is not null)
                    {
                        words.Add(word.ToString());
                        word = null;
                    }

                    break;
                case '\'':
                    var end = line.IndexOf('\'', i + 1);
                    if (end < 0)
                    {
                        return null;
                    }

                    (word ??= new()).Append(line, i + 1, end - i - 1);
                    i = end;
                    break;
                case '"':
                    word ??= new();
                    for (i++; i < line.Length && line[i] != '"'; i++)
                    {
                        // Inside double quotes a backslash means itself before anything else than these.
                        if (line[i] == '\\' && i + 1 < line.Length && "\\\"$`\n".Contains(line[i + 1], StringComparison.Ordinal))
                        {
                            i++;
                        }

                        word.Append(line[i]);
                    }

                    if (i >= line.Length)
                    {
                        return null;
                    }

                    break;
                case '\\':
                    if (++i >= line.Length)
                    {
                        return null;
                    }

                    (word ??= new()).Append(line[i]);
                    break;
                default:
                    (word ??= new()).Append(character);
                    break;
            }
        }

        if (word is not null)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
