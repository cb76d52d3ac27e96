using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>A document that was read: its tree, and the statements it was read from.</summary>
internal sealed record TomlDocument(MappingNode Root, IReadOnlyList<TomlStatement> Statements)
{
    /// <summary>Reads a document; throws <see cref="RefusedException"/> at the first mistake.</summary>
    public static TomlDocument Read(SourceText source)
    {
        var scanner = new TomlScanner(source);
        var tables = new TomlTables(scanner);
        var values = new TomlValues(scanner, tables);
        var root = new TomlTable(TomlOrigin.Header, depth: 0, scanner.Span(0, source.Text.Length));
        var current = root;
        var statements = new List<TomlStatement>();
        while (true)
        {
            var line = scanner.Position;
            scanner.SkipBlanks();
            scanner.SkipComment();
            if (scanner.AtEnd)
            {
                return new TomlDocument(root.ToNode(), statements);
            }

            if (scanner.SkipLineEnd())
            {
                continue;
            }

            TomlStatementKind kind;
            IReadOnlyList<TomlKey> keys;
            var start = scanner.Position;
            if (scanner.Current == '[')
            {
                (kind, keys) = Header(scanner);
                var span = scanner.Span(start, scanner.Position);
                current = kind == TomlStatementKind.Header ? tables.Open(root, keys, span) : tables.Append(root, keys, span);
            }
            else
            {
                kind = TomlStatementKind.KeyValue;
                (keys, start) = values.KeyValue(current);
            }

            var end = scanner.Position;
            scanner.ExpectLineEnd(kind == TomlStatementKind.KeyValue ? "a value" : "a table header");
            statements.Add(new TomlStatement(kind, keys, line, start, end, scanner.Position));
        }
    }

    private static (TomlStatementKind Kind, IReadOnlyList<TomlKey> Keys) Header(TomlScanner scanner)
    {
        scanner.Position++;
        var list = scanner.Skip('[');
        scanner.SkipBlanks();
        var keys = TomlKeys.Read(scanner);
        scanner.Expect(']', "']' after the name of a table");
        if (!list)
        {
            return (TomlStatementKind.Header, keys);
        }

        scanner.Expect(']', "']]' after the name of a list of tables");
        return (TomlStatementKind.ListHeader, keys);
    }
}
