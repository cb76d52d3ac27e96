namespace Capsule.Core.Text;

/// <summary>One part of a key, with the offsets of its text.</summary>
internal readonly record struct TomlKey(string Name, int Start, int End);

/// <summary>Reads keys: bare, quoted and dotted (TOML 1.0, "Keys").</summary>
internal static class TomlKeys
{
    public static List<TomlKey> Read(TomlScanner scanner)
    {
        var parts = new List<TomlKey> { Part(scanner) };
        while (true)
        {
            scanner.SkipBlanks();
            if (!scanner.Skip('.'))
            {
                return parts;
            }

            scanner.SkipBlanks();
            parts.Add(Part(scanner));
            if (parts.Count > TomlLimits.Depth)
            {
                throw scanner.Refuse(TomlDiagnostics.TooDeep, parts[^1].Start, parts[^1].End, TomlLimits.Depth);
            }
        }
    }

    public static bool IsBare(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private static TomlKey Part(TomlScanner scanner)
    {
        var start = scanner.Position;
        if (scanner.Current is '"' or '\'')
        {
            if (scanner.Looking("\"\"\"") || scanner.Looking("'''"))
            {
                throw scanner.Unexpected("a key on one line, not a multi-line string");
            }

            return new TomlKey(TomlStrings.Read(scanner), start, scanner.Position);
        }

        while (IsBare(scanner.Current))
        {
            scanner.Position++;
        }

        return scanner.Position > start
            ? new TomlKey(scanner.Text[start..scanner.Position], start, scanner.Position)
            : throw scanner.Unexpected("a key");
    }
}
