namespace Capsule.Core.Text;

/// <summary>Reads values: scalars, arrays and inline tables.</summary>
internal sealed class TomlValues(TomlScanner scanner, TomlTables tables)
{
    private static readonly System.Buffers.SearchValues<char> TokenEnds = System.Buffers.SearchValues.Create(" \t\r\n,]}#=[{\"'");

    /// <summary>The value at the scanner's place.</summary>
    /// <param name="depth">Levels of tables and lists around it.</param>
    public Node Read(int depth)
    {
        var start = scanner.Position;
        tables.Count(start, start);
        return scanner.Current switch
        {
            '"' or '\'' => Text(start),
            '[' => Array(start, Deeper(depth, start)),
            '{' => InlineTable(start, Deeper(depth, start)),
            _ => Token(start),
        };
    }

    private ScalarNode Text(int start)
    {
        var value = TomlStrings.Read(scanner);
        return new(ScalarKind.String, value, scanner.Text[start..scanner.Position], scanner.Span(start, scanner.Position));
    }

    private SequenceNode Array(int start, int depth)
    {
        scanner.Position++;
        var items = new List<Node>();
        scanner.SkipLines();
        while (!scanner.Skip(']'))
        {
            items.Add(Read(depth));
            scanner.SkipLines();
            if (!scanner.Skip(',') && scanner.Current != ']')
            {
                throw scanner.Unexpected("',' or ']' after an item of an array");
            }

            scanner.SkipLines();
        }

        return new SequenceNode(items, scanner.Span(start, scanner.Position));
    }

    private MappingNode InlineTable(int start, int depth)
    {
        scanner.Position++;
        var table = new TomlTable(TomlOrigin.Header, depth, scanner.Span(start, start));
        scanner.SkipBlanks();
        if (!scanner.Skip('}'))
        {
            do
            {
                scanner.SkipBlanks();
                KeyValue(table);
                scanner.SkipBlanks();
            }
            while (scanner.Skip(','));
            scanner.Expect('}', "',' or '}' after a value of an inline table, on the same line");
        }

        table.Span = scanner.Span(start, scanner.Position);
        return table.ToNode();
    }

    /// <summary>Reads <c>a.b = value</c> into a table and says where its parts stand.</summary>
    public (List<TomlKey> Keys, int ValueStart) KeyValue(TomlTable table)
    {
        var keys = TomlKeys.Read(scanner);
        scanner.Expect('=', "'=' after a key");
        scanner.SkipBlanks();
        var start = scanner.Position;
        tables.Set(table, keys, Read);
        return (keys, start);
    }

    private ScalarNode Token(int start)
    {
        var token = TokenAt(start);
        if (token.Length == 0)
        {
            throw scanner.Unexpected("a value");
        }

        if (TomlDates.Looks(token))
        {
            if (token.Length == 10 && scanner.Text.Length > start + 12 && scanner.Text[start + 10] == ' ' && char.IsAsciiDigit(scanner.Text[start + 11]))
            {
                token += " " + TokenAt(start + 11);
            }

            scanner.Position = start + token.Length;
            return TomlDates.Read(scanner, start, token);
        }

        scanner.Position = start + token.Length;
        var bare = token is "inf" or "nan" || char.IsAsciiDigit(token[0]) || token[0] is '+' or '-' or '.';
        return token switch
        {
            "true" => new(ScalarKind.Boolean, true, token, scanner.Span(start, scanner.Position)),
            "false" => new(ScalarKind.Boolean, false, token, scanner.Span(start, scanner.Position)),
            _ when bare => TomlNumbers.Read(scanner, start, token),
            _ => throw scanner.Refuse(TomlDiagnostics.BareText, start, scanner.Position, TomlNumbers.Short(token)),
        };
    }

    private string TokenAt(int start)
    {
        var rest = scanner.Text.AsSpan(start);
        var length = rest.IndexOfAny(TokenEnds);
        var token = length < 0 ? rest : rest[..length];
        var control = token.IndexOfAnyInRange('\0', '\u001F');
        return (control < 0 ? token : token[..control]).ToString();
    }

    private int Deeper(int depth, int start) => depth < TomlLimits.Depth
        ? depth + 1
        : throw scanner.Refuse(TomlDiagnostics.TooDeep, start, start + 1, TomlLimits.Depth);
}
