using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Classes;

/// <summary>Vocabularies and code lists: their codes are unique.</summary>
internal static class VocabularyRules
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    public static void Vocabulary(ClassCheck check)
    {
        if (check.Payload.InlineValues is { } inline)
        {
            Unique(check, inline.Select(v => (v.Value, v.Span)));
            return;
        }

        if (check.Object() is not { } root)
        {
            return;
        }

        if (root.Find("values")?.Value is not SequenceNode { Items.Count: >= 2 } values)
        {
            check.Report(root.Find("values")?.KeySpan ?? root.Span, "the asset must list two or more 'values'", "Write them as texts, or as maps with 'value' or 'name'.");
            return;
        }

        Codes(check, values, "value", "name");
    }

    public static void CodeList(ClassCheck check)
    {
        if (check.AssetPath is { } path && StartsWithMark(path))
        {
            check.Report(SourceSpan.Of(path), "the asset must have no byte order mark", "Save it as UTF-8 without BOM.");
        }

        if (check.Extension == ".csv")
        {
            if (check.Text is { } text)
            {
                Unique(check, CodeColumn.Read(text));
            }

            return;
        }

        var root = check.Data();
        var list = root as SequenceNode ?? (root as MappingNode)?.Find("codes")?.Value as SequenceNode;
        if (list is null || list.Items.Count == 0)
        {
            if (root is not null)
            {
                check.Report(root.Span, "the asset must list its 'codes'", "Write them as texts, or as objects with 'code'.");
            }

            return;
        }

        Codes(check, list, "code", "value", "name");
    }

    private static void Codes(ClassCheck check, SequenceNode list, params string[] keys)
    {
        var codes = new List<(string, SourceSpan)>();
        foreach (var item in list.Items)
        {
            var code = item as ScalarNode ?? keys.Select(k => (item as MappingNode)?.Find(k)?.Value).OfType<ScalarNode>().FirstOrDefault();
            if (code is null or { Kind: ScalarKind.Null } or { Value: "" })
            {
                check.Report(item.Span, $"this entry has no code", $"Give it a {string.Join(" or ", keys.Select(k => $"'{k}'"))}.");
            }
            else
            {
                codes.Add((code is { Kind: ScalarKind.String, Value: string text } ? text : code.Raw, code.Span));
            }
        }

        Unique(check, codes);
    }

    private static void Unique(ClassCheck check, IEnumerable<(string Code, SourceSpan Span)> codes)
    {
        var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var (code, span) in codes)
        {
            if (!seen.TryAdd(code, span))
            {
                check.Report(span, $"the code '{code}' stands on line {seen[code].Line} already", "Remove one of the two, or rename it.");
            }
        }
    }

    private static bool StartsWithMark(string path)
    {
        using var file = RegularFile.OpenRead(path, bufferSize: 1);
        Span<byte> start = stackalloc byte[3];
        return file.ReadAtLeast(start, 3, throwOnEndOfStream: false) == 3 && start.SequenceEqual(Mark);
    }
}
