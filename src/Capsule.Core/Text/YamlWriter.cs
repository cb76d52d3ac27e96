using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Capsule.Core.Text;

/// <summary>
/// Writes values of YAML 1.2: text plain where every reader takes it for text, those of YAML 1.1 included, otherwise in double quotes.
/// </summary>
internal static partial class YamlWriter
{
    /// <summary>What YAML 1.1 reads as a boolean.</summary>
    private static readonly HashSet<string> OldBooleans = new(["y", "n", "yes", "no", "on", "off"], StringComparer.OrdinalIgnoreCase);

    public static string Scalar(ScalarNode value) => value switch
    {
        { Kind: ScalarKind.String, Value: string text } => Text(text),
        { Kind: ScalarKind.Null } => "null",
        _ => value.Raw,
    };

    public static string Text(string text) => IsPlain(text) ? text : Quoted(text);

    /// <summary><c>{a: 1, b: two}</c></summary>
    public static string Flow(MappingNode map) => $"{{{string.Join(", ", map.Entries.Select(Entry))}}}";

    /// <summary><c>a: 1</c></summary>
    public static string Entry(MappingEntry entry) => $"{Text(entry.Key)}: {Value(entry.Value)}";

    /// <summary>A key and the map below it, a line each; lists in brackets.</summary>
    public static IReadOnlyList<string> Block(string key, MappingNode map, int indent) =>
    [
        $"{Text(key)}:",
        .. map.Entries.SelectMany(e => e.Value is MappingNode { Entries.Count: > 0 } inner ? Block(e.Key, inner, indent) : [Entry(e)]).Select(l => new string(' ', indent) + l),
    ];

    private static string Value(Node value) => value switch
    {
        MappingNode map => Flow(map),
        SequenceNode list => $"[{string.Join(", ", list.Items.Select(Value))}]",
        _ => Scalar((ScalarNode)value),
    };

    private static bool IsPlain(string text) =>
        Plain().IsMatch(text) && !text.Contains(": ", StringComparison.Ordinal) && !text.EndsWith(':') && !OldBooleans.Contains(text) && YamlScalar.IsText(text);

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' or '\\' => $"\\{c}",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when char.IsControl(c) || c is '\uFEFF' or '\uFFFE' or '\uFFFF' or '\u2028' or '\u2029' => "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_/.](?: ?[A-Za-z0-9_/.+=@:-])*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
