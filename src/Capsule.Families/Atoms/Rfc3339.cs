using System.Globalization;
using System.Text.RegularExpressions;

namespace Capsule.Families.Atoms;

/// <summary>Times as atoms write them: RFC 3339, written <c>YYYY-MM-DDTHH:MM:SSZ</c>.</summary>
public static partial class Rfc3339
{
    public const string Example = "a time such as 2026-05-24T00:00:00Z";

    /// <summary>Null when the text is no RFC 3339 time.</summary>
    public static DateTimeOffset? Read(string text) =>
        Form().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
