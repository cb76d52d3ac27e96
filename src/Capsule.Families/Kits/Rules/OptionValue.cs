using System.Globalization;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>What an option of each kind takes, as YAML and as text given for a run (specs: kits 1.6).</summary>
internal static class OptionValue
{
    /// <summary>True when a YAML scalar has the kind's type. A number must be finite.</summary>
    public static bool HasType(string kind, Node value) => value is ScalarNode scalar && kind switch
    {
        "number" => scalar.Kind == ScalarKind.Integer || (scalar.Kind == ScalarKind.Float && double.IsFinite((double)scalar.Value!)),
        "boolean" => scalar.Kind == ScalarKind.Boolean,
        _ => scalar.Kind == ScalarKind.String,
    };

    /// <summary>The text that a command gets for a YAML scalar: as written, and booleans as true or false.</summary>
    public static string Text(Node value) => value switch
    {
        ScalarNode { Value: string text } => text,
        ScalarNode { Value: bool flag } => flag ? "true" : "false",
        ScalarNode { Value: long number } => number.ToString(CultureInfo.InvariantCulture),
        ScalarNode scalar => scalar.Raw,
        _ => "",
    };

    /// <summary>True when a text given for a run is a value of the option.</summary>
    public static bool Accepts(KitOption option, string text) => option.Kind.Value switch
    {
        "number" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number),
        "boolean" => text is "true" or "false",
        "enum" => option.EnumValues.Any(v => v.Value == text),
        _ => !text.Contains('\0', StringComparison.Ordinal),
    };

    /// <summary>What an option takes, for a message.</summary>
    public static string Describe(KitOption option) => option.Kind.Value switch
    {
        "number" => "a number",
        "boolean" => "true or false",
        "enum" => "one of " + string.Join(", ", option.EnumValues.Select(v => v.Value)),
        "path" => "a path",
        _ => "a text",
    };
}
