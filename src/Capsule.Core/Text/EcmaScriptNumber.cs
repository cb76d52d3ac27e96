using System.Globalization;
using System.Text.Json;

namespace Capsule.Core.Text;

/// <summary>Numbers as ECMAScript's Number::toString writes them (ECMA-262, 6.1.6.1.20), which RFC 8785 takes over.</summary>
public static class EcmaScriptNumber
{
    /// <summary>The text of a finite number.</summary>
    /// <exception cref="JsonException">The number is infinite or not a number.</exception>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new JsonException("A number is infinite or not a number.");
        }

        if (value == 0)
        {
            return "0";
        }

        var digits = Shortest(Math.Abs(value), out var point);
        return (value < 0 ? "-" : "") + Layout(digits, point);
    }

    /// <summary>
    /// The fewest digits that give the number back, the closest where several do: the platform's "R", whose layout alone
    /// differs. The decimal point stands after <paramref name="point"/> of them.
    /// </summary>
    private static string Shortest(double value, out int point)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = mark < 0 ? text : text[..mark];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        point = (dot < 0 ? mantissa.Length : dot) + exponent - leading;
        return digits.Trim('0');
    }

    private static string Layout(string digits, int point)
    {
        if (point is > 21 or <= -6)
        {
            var exponent = point - 1;
            var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
            return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}");
        }

        if (point <= 0)
        {
            return "0." + new string('0', -point) + digits;
        }

        return point >= digits.Length ? digits + new string('0', point - digits.Length) : $"{digits[..point]}.{digits[point..]}";
    }
}
