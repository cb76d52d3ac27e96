using System.Globalization;
using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>
/// Reads dates and times (TOML 1.0; RFC 3339). The value is the text with <c>T</c> between date and time and an upper-case
/// <c>Z</c>; digits of the fraction stay as written.
/// </summary>
internal static partial class TomlDates
{
    /// <summary>True when a token can only be meant as a date or a time.</summary>
    public static bool Looks(string token) =>
        (token.Length > 4 && token[4] == '-' && token.AsSpan(0, 4).IndexOfAnyExceptInRange('0', '9') < 0)
        || (token.Length > 2 && token[2] == ':' && char.IsAsciiDigit(token[0]) && char.IsAsciiDigit(token[1]));

    public static ScalarNode Read(TomlScanner scanner, int start, string token)
    {
        var span = scanner.Span(start, start + token.Length);
        var match = Form().Match(token);
        if (!match.Success)
        {
            throw Wrong("it does not have the form of RFC 3339");
        }

        var (date, time, zone) = (match.Groups["date"].Value, match.Groups["time"].Value, match.Groups["zone"].Value.ToUpperInvariant());
        if (date.Length > 0)
        {
            Within("month", 1, 12);
            Within("day", 1, DaysIn(Number("year"), Number("month")));
        }

        if (time.Length > 0)
        {
            Within("hour", 0, 23);
            Within("minute", 0, 59);
            Within("second", 0, 60);
        }

        if (zone.Length > 1)
        {
            Within("offset hour", 0, 23);
            Within("offset minute", 0, 59);
        }

        return (date.Length > 0, time.Length > 0, zone.Length > 0) switch
        {
            (true, true, true) => new(ScalarKind.OffsetDateTime, $"{date}T{time}{zone}", token, span),
            (true, true, false) => new(ScalarKind.LocalDateTime, $"{date}T{time}", token, span),
            (true, false, false) => new(ScalarKind.LocalDate, date, token, span),
            (false, true, false) => new(ScalarKind.LocalTime, time, token, span),
            _ => throw Wrong("a time without a date has no offset"),
        };

        int Number(string part) => int.Parse(match.Groups[part.Replace(' ', '_')].ValueSpan, CultureInfo.InvariantCulture);

        void Within(string part, int least, int greatest)
        {
            if (Number(part) < least || Number(part) > greatest)
            {
                throw Wrong($"the {part} must be from {least:00} to {greatest:00}");
            }
        }

        RefusedException Wrong(string why) => new(TomlDiagnostics.Date.At(span, TomlNumbers.Short(token), why));
    }

    private static int DaysIn(int year, int month) => year == 0 ? DateTime.DaysInMonth(4, month) : DateTime.DaysInMonth(year, month);

    [GeneratedRegex(
        @"\A(?:(?<date>(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2}))(?:[Tt ](?=[0-9])|\z))?" +
        @"(?:(?<time>(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(?:\.[0-9]+)?)" +
        @"(?<zone>[Zz]|[-+](?<offset_hour>[0-9]{2}):(?<offset_minute>[0-9]{2}))?)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
