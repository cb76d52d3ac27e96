using Capsule.Families.Atoms.Classes;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>The extension of an imported asset: the one in its address when the class can have it, else the one that its content wants.</summary>
public static class AssetExtension
{
    private static readonly Dictionary<string, string> OfMedia = new(StringComparer.Ordinal)
    {
        ["text/html"] = ".html",
        ["application/xhtml+xml"] = ".html",
        ["text/markdown"] = ".md",
        ["text/csv"] = ".csv",
        ["text/turtle"] = ".ttl",
        ["application/pdf"] = ".pdf",
        ["application/xml"] = ".xml",
        ["text/xml"] = ".xml",
    };

    /// <summary>Lower case, with the dot; never empty.</summary>
    public static string Of(ImportedDocument document, string @class)
    {
        var own = document.Extension is { Length: > 1 and <= 10 } extension && extension.AsSpan(1).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789-") < 0 ? extension : null;
        var allowed = ClassRules.ExtensionsOf(@class);
        if (own is not null && (allowed.Count == 0 || allowed.Contains(own)))
        {
            return own;
        }

        var real = document.IsPdf ? ".pdf" : document.Text is null ? ".bin" : document.IsHtml ? ".html" : null;
        if (real is not null)
        {
            return own ?? real;
        }

        string[] wanted = document.Data is { } data and not Capsule.Core.Text.ScalarNode
            ? document.IsJson ? [".json", ".avsc", ".jsonld"] : [".yaml", ".yml"]
            : [OfMedia.GetValueOrDefault(document.MediaType, ".txt")];
        return wanted.FirstOrDefault(w => allowed.Contains(w))
            ?? (allowed.Contains(".txt") ? ".txt" : allowed.Count > 0 ? allowed[0] : own ?? wanted[0]);
    }
}
