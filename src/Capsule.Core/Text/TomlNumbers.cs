using System.Globalization;
using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>Reads integers and floats (TOML 1.0, "Integer" and "Float").</summary>
internal static class TomlNumbers
{
    public static ScalarNode Read(TomlScanner scanner, int start, string token)
    {
        var span = scanner.Span(start, start + token.Length);
        var unsigned = token.TrimStart('+', '-');
        if (token.Length - unsigned.Length > 1)
        {
            throw Wrong("it has more than one sign");
        }

        if (unsigned is "inf" or "nan")
        {
            var value = unsigned == "nan" ? double.NaN : token[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return new(ScalarKind.Float, value, token, span);
        }

        var radix = unsigned.Length > 1 && unsigned[0] == '0' ? RadixOf(unsigned[1]) : 0;
        if (radix > 0)
        {
            return token.Length != unsigned.Length
                ? throw Wrong("a number with a prefix has no sign")
                : new(ScalarKind.Integer, Parse(Digits(unsigned[2..], radix), radix, negative: false), token, span);
        }

        if (unsigned.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
        {
            return new(ScalarKind.Integer, Parse(NoLeadingZero(Digits(unsigned, 10)), 10, token[0] == '-'), token, span);
        }

        return new(ScalarKind.Float, Float(unsigned) * (token[0] == '-' ? -1 : 1), token, span);

        double Float(string text)
        {
            var mark = text.AsSpan().IndexOfAny('e', 'E');
            var mantissa = mark < 0 ? text : text[..mark];
            var point = mantissa.IndexOf('.', StringComparison.Ordinal);
            var plain = NoLeadingZero(Digits(point < 0 ? mantissa : mantissa[..point], 10));
            plain += point < 0 ? "" : "." + Digits(mantissa[(point + 1)..], 10);
            if (mark >= 0)
            {
                var exponent = text[(mark + 1)..];
                var sign = exponent.Length > 0 && exponent[0] is '+' or '-' ? exponent[..1] : "";
                plain += "e" + sign + Digits(exponent[sign.Length..], 10);
            }

            return double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        string Digits(string text, int radixOfDigits)
        {
            if (text.Length == 0)
            {
                throw Wrong("a digit is missing");
            }

            if (text[0] == '_' || text[^1] == '_' || text.Contains("__", StringComparison.Ordinal))
            {
                throw Wrong("an underscore must stand between two digits");
            }

            var odd = text.FirstOrDefault(c => c != '_' && !(char.IsAsciiHexDigit(c) && Convert.ToInt32(c.ToString(), 16) < radixOfDigits));
            return odd == default ? text.Replace("_", "", StringComparison.Ordinal) : throw Wrong($"'{odd}' is not a digit of it");
        }

        string NoLeadingZero(string digits) =>
            digits.Length > 1 && digits[0] == '0' ? throw Wrong("it may not start with 0") : digits;

        long Parse(string digits, int radixOfDigits, bool negative)
        {
            Int128 value = 0;
            foreach (var digit in digits)
            {
                value = value * radixOfDigits + Convert.ToInt32(digit.ToString(), 16);
                if (value > (Int128)long.MaxValue + (negative ? 1 : 0))
                {
                    throw new RefusedException(TomlDiagnostics.NumberTooLarge.At(span, Short(token)));
                }
            }

            return (long)(negative ? -value : value);
        }

        RefusedException Wrong(string why) => new(TomlDiagnostics.Number.At(span, Short(token), why));
    }

    public static string Short(string token) => token.Length > 40 ? token[..40] + "…" : token;

    private static int RadixOf(char prefix) => prefix switch
    {
        'x' => 16,
        'o' => 8,
        'b' => 2,
        _ => 0,
    };
}
