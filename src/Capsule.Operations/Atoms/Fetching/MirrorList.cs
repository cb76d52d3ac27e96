using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;

namespace Capsule.Operations.Atoms.Fetching;

/// <summary>
/// The mirrors that a catalog's <c>mirror.toml</c> names (specs: atoms 10): <c>[[mirror]]</c> with <c>catalog</c>, <c>url</c> and <c>priority</c>, the lowest first.
/// A mirror is never believed: what comes from it needs its hash and its quorum.
/// </summary>
public static class MirrorList
{
    private static readonly string[] SiteKeys = ["status", "mirrors", "operator", "last_sync"];

    /// <summary>In the order in which they are asked; empty when there is no file. CAP0869 when it is malformed.</summary>
    public static Result<IReadOnlyList<Uri>> Load(string root, string catalog)
    {
        var path = Path.Combine(root, "mirror.toml");
        if (!File.Exists(path))
        {
            return Result.Of<IReadOnlyList<Uri>>([]);
        }

        var text = SourceText.Load(path);
        var tree = text.Succeeded ? TomlReader.Read(text.Value) : Result.Failed<MappingNode>(text.Diagnostics);
        if (!tree.Succeeded)
        {
            return Result.Failed<IReadOnlyList<Uri>>(tree.Diagnostics.Select(d => AtomMirrorDiagnostics.Invalid.At(d.Span ?? SourceSpan.Of(path), d.Message, d.Hint)));
        }

        if (tree.Value.Find("mirror") is null && SiteKeys.Any(k => tree.Value.Find(k) is not null))
        {
            return new Result<IReadOnlyList<Uri>>([], [AtomMirrorDiagnostics.SiteFile.In(path)]);
        }

        return Read(tree.Value, catalog);
    }

    private static Result<IReadOnlyList<Uri>> Read(MappingNode document, string catalog)
    {
        var problems = new List<Diagnostic>();
        var mirrors = new List<(Uri Address, long Priority)>();
        foreach (var item in FieldReader.Root(document, AtomMirrorDiagnostics.Fields, problems)?.Items("mirror") ?? [])
        {
            var name = item.RequiredString("catalog");
            var url = item.RequiredString("url");
            var priority = item.Integer("priority")?.Value ?? 0;
            if (url is not null && AtomAddress.Parse(url.Value) is null)
            {
                problems.Add(AtomMirrorDiagnostics.Invalid.At(url.Span, $"'{url.Value}' is no address of a mirror.", "Write https:// and a host, without name, password and query."));
            }
            else if (url is not null && name?.Value == catalog)
            {
                mirrors.Add((AtomAddress.Parse(url.Value)!, priority));
            }
        }

        return new Result<IReadOnlyList<Uri>>(problems.Any(p => p.IsError) ? null : [.. mirrors.OrderBy(m => m.Priority).Select(m => m.Address)], problems);
    }
}
