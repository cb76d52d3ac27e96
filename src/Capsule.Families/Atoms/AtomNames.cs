using System.Text.RegularExpressions;
using Capsule.Core.Identity;

namespace Capsule.Families.Atoms;

/// <summary>The words and forms of atoms (specs: atoms 2, 3.1, 4). A name that passes here can be a folder on every system.</summary>
public static partial class AtomNames
{
    public const string ManifestName = "atom.toml";

    public const string CatalogName = "ATOMS.yml";

    public const string Draft = "draft";

    public const string Published = "published";

    public static IReadOnlyList<string> Lifecycles { get; } = [Draft, Published, "adopted", "deprecated", "retired"];

    public static IReadOnlyList<string> Roles { get; } = ["root", "editor", "catalog-maintainer", "ratifier", "mirror-operator"];

    /// <summary>The algorithms that a signature of an atom may have, as the engine calls them.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = ["ml-dsa-44", "ml-dsa-65", "ml-dsa-87"];

    /// <summary>A catalog, class or role: words of lower-case letters and digits, joined by single hyphens.</summary>
    public static bool IsWord(string text) => text.Length <= 100 && Word().IsMatch(text) && TreePath.Check(text) is null;

    /// <summary>A slug: like a word; dots and underscores may join too.</summary>
    public static bool IsSlug(string text) => text.Length <= 100 && Slug().IsMatch(text) && TreePath.Check(text) is null;

    /// <summary>Semantic Versioning 2.0.0, without limits on the size of numbers.</summary>
    public static bool IsVersion(string text) => text.Length <= 100 && Version().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\A[a-z0-9]+([._-][a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();

    [GeneratedRegex(
        @"\A(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)" +
        @"(-(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?" +
        @"(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Version();
}
