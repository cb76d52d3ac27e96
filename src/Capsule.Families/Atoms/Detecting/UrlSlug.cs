using System.Net;
using System.Text.RegularExpressions;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>A slug out of an address (specs: atoms 9.3): its last segment that says something, else the host.</summary>
public static partial class UrlSlug
{
    private static readonly string[] Extensions =
    [
        ".schema.json", ".schema.toml", ".json", ".yaml", ".yml", ".md", ".markdown", ".txt", ".html", ".htm", ".xhtml", ".pdf", ".xml", ".xsd", ".proto", ".graphql",
        ".graphqls", ".gql", ".sdl", ".avsc", ".ttl", ".owl", ".json-ld", ".jsonld", ".rdf", ".ebnf", ".abnf", ".bnf", ".g4", ".lark", ".peg", ".csv", ".toml",
    ];

    private static readonly string[] Generic =
        ["openapi", "asyncapi", "swagger", "schema", "index", "spec", "api", "main", "master", "latest", "raw", "draft", "head", "trunk", "develop"];

    /// <summary>Null when nothing in the address can be a slug.</summary>
    public static string? Of(Uri address)
    {
        foreach (var segment in Segments(address).Reverse())
        {
            var slug = Clean(segment);
            if (slug is not null && !Generic.Contains(slug) && !BareVersion().IsMatch(slug))
            {
                return slug;
            }
        }

        if (address.IsFile || IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out _))
        {
            return null;
        }

        var labels = address.IdnHost.Split('.');
        return Clean(labels is ["www", var second, ..] ? second : labels[0]);
    }

    /// <summary>A text as a slug; null when nothing is left of it.</summary>
    public static string? Clean(string text)
    {
        var lower = text.ToLowerInvariant();
        var extension = Extensions.FirstOrDefault(e => lower.EndsWith(e, StringComparison.Ordinal));
        lower = extension is null ? lower : lower[..^extension.Length];
        var slug = Joined().Replace(Foreign().Replace(lower, "-"), m => m.Value.Contains('-', StringComparison.Ordinal) ? "-" : m.Value[..1]).Trim('-', '.', '_');
        return AtomNames.IsSlug(slug) ? slug : null;
    }

    /// <summary>Without the branch or commit that hosts of raw files put between a repository and a path.</summary>
    private static IEnumerable<string> Segments(Uri address)
    {
        string[] parts = [.. address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        var reference = address.IdnHost switch
        {
            "raw.githubusercontent.com" => 2,
            "github.com" when parts is [_, _, "blob" or "raw", ..] => 3,
            _ when Array.IndexOf(parts, "-") is > 0 and var dash && parts.Length > dash + 2 && parts[dash + 1] is "raw" or "blob" => Array.IndexOf(parts, "-") + 2,
            _ => -1,
        };
        if (reference >= 0 && reference < parts.Length - 1)
        {
            var length = parts.Length > reference + 3 && parts[reference] == "refs" ? 3 : 1;
            parts = [.. parts[..reference], .. parts[(reference + length)..]];
        }

        return address.IsFile ? parts.TakeLast(1) : parts.Where(p => !Commit().IsMatch(p));
    }

    [GeneratedRegex("[^a-z0-9._-]+")]
    private static partial Regex Foreign();

    /// <summary>The form of a slug takes one joining character at a time.</summary>
    [GeneratedRegex("[._-]{2,}")]
    private static partial Regex Joined();

    [GeneratedRegex(@"\Av?[0-9]+(\.[0-9]+)*\z")]
    private static partial Regex BareVersion();

    [GeneratedRegex(@"\A[0-9a-f]{40}\z")]
    private static partial Regex Commit();
}
