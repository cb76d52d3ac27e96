using System.Globalization;
using System.Text;

namespace Capsule.Core.Text;

/// <summary>Writes keys and values as TOML.</summary>
public static class TomlWriter
{
    /// <summary>A key, bare where that is possible.</summary>
    public static string Key(string name) => name.Length > 0 && name.All(TomlKeys.IsBare) ? name : String(name);

    /// <summary>A dotted key.</summary>
    public static string Key(IEnumerable<string> names) => string.Join('.', names.Select(Key));

    /// <summary>A double-quoted string on one line.</summary>
    public static string String(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' or '\u007F' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }

    /// <summary>Any value, on one line: maps become inline tables.</summary>
    /// <exception cref="ArgumentException">The value has a null, which TOML cannot say.</exception>
    public static string Value(Node value) => value switch
    {
        MappingNode { Entries: [] } => "{}",
        MappingNode mapping => $"{{ {string.Join(", ", mapping.Entries.Select(e => $"{Key(e.Key)} = {Value(e.Value)}"))} }}",
        SequenceNode sequence => $"[{string.Join(", ", sequence.Items.Select(Value))}]",
        ScalarNode { Kind: ScalarKind.Null } => throw new ArgumentException("TOML has no null.", nameof(value)),
        ScalarNode scalar => scalar.Value switch
        {
            string text when scalar.Kind == ScalarKind.String => String(text),
            bool flag => flag ? "true" : "false",
            double number => Float(number),
            { } other => string.Format(CultureInfo.InvariantCulture, "{0}", other),
            null => throw new ArgumentException("TOML has no null.", nameof(value)),
        },
        _ => throw new ArgumentException("This kind of value has no TOML form.", nameof(value)),
    };

    private static string Float(double number)
    {
        if (double.IsNaN(number))
        {
            return "nan";
        }

        if (double.IsInfinity(number))
        {
            return number > 0 ? "inf" : "-inf";
        }

        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') >= 0 ? text : text + ".0";
    }
}
