using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;

namespace Capsule.Distribution;

/// <summary>
/// How a user names a published package: <c>publisher/slug</c> or <c>publisher/slug@version</c>. On a feed it is the
/// NuGet package <c>publisher.slug</c> (design.md 5).
/// </summary>
public sealed partial record PackageName(string Publisher, string Slug, string? Version)
{
    public string FeedId => $"{Publisher}.{Slug}";

    public override string ToString() => Version is null ? $"{Publisher}/{Slug}" : $"{Publisher}/{Slug}@{Version}";

    /// <summary>True when the text has the shape of a published name and is no path.</summary>
    public static bool LooksLike(string text) => Shape().IsMatch(text);

    public static Result<PackageName> Parse(string text)
    {
        var match = Shape().Match(text);
        if (!match.Success)
        {
            return FeedDiagnostics.NotAPackageName.Now(text);
        }

        var version = match.Groups["version"];
        return new PackageName(match.Groups["publisher"].Value, match.Groups["slug"].Value, version.Success ? version.Value : null);
    }

    [GeneratedRegex(@"^(?<publisher>[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)/(?<slug>[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?)(?:@(?<version>[0-9A-Za-z.+-]{1,64}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
