using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Capsule.Core.Text;

/// <summary>The core schema of YAML 1.2.2, section 10.3: what a scalar is by its form or its tag.</summary>
internal static partial class YamlScalar
{
    private const string Core = "tag:yaml.org,2002:";

    public static ScalarNode Resolve(Scalar scalar, SourceSpan span, Action<Diagnostic> report)
    {
        var text = scalar.Value;
        if (scalar.Tag.IsEmpty)
        {
            return scalar.Style == ScalarStyle.Plain ? Plain(text, span, report) : String(text, span);
        }

        if (scalar.Tag.IsNonSpecific || scalar.Tag.Value == Core + "str")
        {
            return String(text, span);
        }

        ScalarKind? wanted = scalar.Tag.Value switch
        {
            Core + "null" => ScalarKind.Null,
            Core + "bool" => ScalarKind.Boolean,
            Core + "int" => ScalarKind.Integer,
            Core + "float" => ScalarKind.Float,
            _ => null,
        };
        if (wanted is null)
        {
            report(YamlDiagnostics.Tag.At(span, scalar.Tag.Value));
            return String(text, span);
        }

        var node = Plain(text, span, report);
        if (node.Kind == ScalarKind.Integer && wanted == ScalarKind.Float)
        {
            return node with { Kind = ScalarKind.Float, Value = (double)(long)node.Value! };
        }

        if (node.Kind != wanted)
        {
            report(YamlDiagnostics.TagMismatch.At(span, "!!" + scalar.Tag.Value[Core.Length..], NodeWords.Describe(node)));
        }

        return node;
    }

    /// <summary>True for what the core schema takes for text when it stands there without quotes.</summary>
    public static bool IsText(string text) => Plain(text, default, _ => { }).Kind == ScalarKind.String;

    private static ScalarNode String(string text, SourceSpan span) => new(ScalarKind.String, text, text, span);

    private static ScalarNode Plain(string text, SourceSpan span, Action<Diagnostic> report) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => new(ScalarKind.Null, null, text, span),
        "true" or "True" or "TRUE" => new(ScalarKind.Boolean, true, text, span),
        "false" or "False" or "FALSE" => new(ScalarKind.Boolean, false, text, span),
        ".nan" or ".NaN" or ".NAN" => new(ScalarKind.Float, double.NaN, text, span),
        _ when char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.' => Number(text, span, report),
        _ => String(text, span),
    };

    private static ScalarNode Number(string text, SourceSpan span, Action<Diagnostic> report)
    {
        if (Infinity().IsMatch(text))
        {
            return new(ScalarKind.Float, text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity, text, span);
        }

        if (Integer().IsMatch(text))
        {
            if (ParseInteger(text) is { } value)
            {
                return new(ScalarKind.Integer, value, text, span);
            }

            report(YamlDiagnostics.NumberTooLarge.At(span, text.Length > 40 ? text[..40] + "…" : text));
            return new(ScalarKind.Integer, 0L, text, span);
        }

        return Float().IsMatch(text)
            ? new(ScalarKind.Float, double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), text, span)
            : String(text, span);
    }

    private static long? ParseInteger(string text)
    {
        if (text.Length > 80)
        {
            return null;
        }

        var value = BigInteger.Zero;
        var (radix, digits) = text switch
        {
            ['0', 'o', .. var octal] => (8, octal),
            ['0', 'x', .. var hexadecimal] => (16, hexadecimal),
            _ => (10, text.TrimStart('+', '-')),
        };
        foreach (var digit in digits)
        {
            value = value * radix + Convert.ToInt32(digit.ToString(), 16);
        }

        value = text[0] == '-' ? -value : value;
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : null;
    }

    [GeneratedRegex(@"\A(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Float();

    [GeneratedRegex(@"\A[-+]?\.(?:inf|Inf|INF)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Infinity();
}
