using System.Text.RegularExpressions;

namespace Capsule.Cli.Templates;

/// <summary>
/// What a new project is called, and the package's name that is made of it: the same steps as the forms in each
/// template.json, so that <c>capsule new</c> and <c>dotnet new</c> write the same files (a test compares them).
/// </summary>
internal static partial class ProjectName
{
    private const int LongestSlug = 60;

    /// <summary>Why a text cannot be the name of a folder and a file on every system; null when it can.</summary>
    public static string? Problem(string name) =>
        string.IsNullOrWhiteSpace(name) ? "it is empty"
        : name.FirstOrDefault(c => c is '/' or '\\' or ':' || char.IsControl(c), ' ') is var c && c != ' ' ? char.IsControl(c) ? "it has a control character" : $"it has a '{c}'"
        : name is "." or ".." ? "it names a folder that exists"
        : name.Length > 200 ? "it is longer than 200 characters"
        : null;

    /// <summary>A name that is valid in every manifest and on every feed: lower-case letters, digits and single dashes, a letter first.</summary>
    /// <param name="name">What the user called the project.</param>
    /// <param name="prefix">Put before what would be too short or begin with a digit.</param>
    public static string Slug(string name, string prefix)
    {
        var slug = NotSlug().Replace(WordStart().Replace(name, "-").ToLowerInvariant(), "-").Trim('-');
        slug = slug.Length > 0 && char.IsAsciiLetter(slug[0]) ? slug : $"{prefix}-{slug}";
        slug = slug.Length > LongestSlug ? slug[..LongestSlug] : slug;
        return (slug.Length < 3 ? $"{prefix}-{slug}" : slug).TrimEnd('-');
    }

    /// <summary>True when a container cannot have this file name inside a NuGet package (CAP2305).</summary>
    public static bool IsAwkward(string name) => Awkward().IsMatch(name);

    public static bool IsPublisher(string text) => Publisher().IsMatch(text);

    [GeneratedRegex(@"(?<=[\p{Ll}\p{Nd}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})", RegexOptions.CultureInvariant)]
    private static partial Regex WordStart();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotSlug();

    [GeneratedRegex("^[^A-Za-z0-9]|[^A-Za-z0-9._-]", RegexOptions.CultureInvariant)]
    private static partial Regex Awkward();

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Publisher();
}
