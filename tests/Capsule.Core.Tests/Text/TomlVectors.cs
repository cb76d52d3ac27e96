using System.Globalization;
using System.Text.Json;
using Capsule.Core.Text;
using Capsule.Tests;

namespace Capsule.Core.Tests.Text;

/// <summary>The documents of toml-test for TOML 1.0.0, and their values in its tagged JSON.</summary>
internal static class TomlVectors
{
    public static string[] Valid => List("valid/");

    public static string[] Invalid => List("invalid/");

    public static string File(string relative) => Vectors.Path(["toml", "tests", .. relative.Split('/')]);

    /// <summary>Empty when the node has exactly the value of the JSON beside the document; else what differs.</summary>
    public static string Difference(Node node, JsonElement expected, string path = "$")
    {
        if (expected.ValueKind == JsonValueKind.Array)
        {
            return node is SequenceNode sequence && sequence.Items.Count == expected.GetArrayLength()
                ? string.Concat(sequence.Items.Select((item, i) => Difference(item, expected[i], $"{path}[{i}]")))
                : $"{path}: no such list\n";
        }

        if (!(expected.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String))
        {
            var members = expected.EnumerateObject().ToArray();
            return node is MappingNode mapping && mapping.Entries.Count == members.Length
                ? string.Concat(members.Select(m => mapping.Find(m.Name) is { } entry
                    ? Difference(entry.Value, m.Value, $"{path}.{m.Name}")
                    : $"{path}.{m.Name}: missing\n"))
                : $"{path}: no such table\n";
        }

        var value = expected.GetProperty("value").GetString()!;
        var same = node is ScalarNode scalar && (type.GetString(), scalar.Kind) switch
        {
            ("string", ScalarKind.String) => scalar.Value!.Equals(value),
            ("integer", ScalarKind.Integer) => scalar.Value!.Equals(long.Parse(value, CultureInfo.InvariantCulture)),
            ("float", ScalarKind.Float) => scalar.Value!.Equals(Float(value)),
            ("bool", ScalarKind.Boolean) => scalar.Value!.Equals(value == "true"),
            ("datetime", ScalarKind.OffsetDateTime) => Fraction((string)scalar.Value!) == Fraction(value),
            ("datetime-local", ScalarKind.LocalDateTime) => Fraction((string)scalar.Value!) == Fraction(value),
            ("date-local", ScalarKind.LocalDate) => scalar.Value!.Equals(value),
            ("time-local", ScalarKind.LocalTime) => Fraction((string)scalar.Value!) == Fraction(value),
            _ => false,
        };
        return same ? "" : $"{path}: {node} is not {type} {value}\n";
    }

    private static double Float(string text) => text switch
    {
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" or "+nan" or "-nan" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    /// <summary>Takes the zeros off the end of a fraction.</summary>
    private static string Fraction(string time)
    {
        var point = time.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
        {
            return time;
        }

        var end = time.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9') is var length and >= 0 ? point + 1 + length : time.Length;
        return time[..end].TrimEnd('0').TrimEnd('.') + time[end..];
    }

    private static string[] List(string folder) =>
        [.. System.IO.File.ReadAllLines(File("files-toml-1.0.0")).Where(l => l.StartsWith(folder, StringComparison.Ordinal) && l.EndsWith(".toml", StringComparison.Ordinal))];
}
