using System.Globalization;
using Capsule.Core.Diagnostics;

namespace Capsule.Packaging.Containers;

/// <summary>The one time value of a build (reproducible-builds.org, SOURCE_DATE_EPOCH).</summary>
public sealed record SourceDate(DateTimeOffset Time)
{
    public const string Variable = "SOURCE_DATE_EPOCH";

    private const long MaxSeconds = (1L << 33) - 1;

    /// <summary>Seconds since 1970, as text; null or empty is 1970 itself. Anything else is CAP2205.</summary>
    public static Result<SourceDate> Parse(string? seconds)
    {
        if (string.IsNullOrEmpty(seconds))
        {
            return new SourceDate(DateTimeOffset.UnixEpoch);
        }

        return long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= MaxSeconds
            ? new SourceDate(DateTimeOffset.FromUnixTimeSeconds(value))
            : PackingDiagnostics.SourceDate.Now(seconds);
    }
}
