using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Catalogs;

/// <summary>Reads <c>quorum_rules</c>, at the top or under <c>signing</c>, as lines or as lists of terms (specs: atoms 7.1). Both places must agree.</summary>
internal static class QuorumRulesReader
{
    /// <summary>Null when neither place has any.</summary>
    public static IReadOnlyList<AtomQuorumRule>? Read(FieldReader top, FieldReader? signing)
    {
        var above = Rules(top);
        var inside = signing is null ? null : Rules(signing);
        if (above is not null && inside is not null && !above.OrderBy(r => r.Pattern, StringComparer.Ordinal).SequenceEqual(inside.OrderBy(r => r.Pattern, StringComparer.Ordinal)))
        {
            top.Report(AtomCatalogDiagnostics.Invalid.At(
                top.KeySpan("quorum_rules")!.Value, "'quorum_rules' and 'signing.quorum_rules' say different things.", "Keep one of the two."));
        }

        return inside ?? above;
    }

    private static List<AtomQuorumRule>? Rules(FieldReader reader) => reader.AnyMap("quorum_rules") is { } entries
        ? [.. entries.Select(e => Rule(reader, e)).OfType<AtomQuorumRule>()]
        : null;

    private static AtomQuorumRule? Rule(FieldReader reader, NamedField<Field<Node>> entry)
    {
        var terms = entry.Value.Value switch
        {
            ScalarNode { Kind: ScalarKind.String, Value: string text } => QuorumRuleText.Parse(text),
            SequenceNode { Items.Count: > 0 } list => Listed(list),
            _ => null,
        };
        if (terms is null || entry.Key.Value.Length == 0)
        {
            reader.Report(AtomCatalogDiagnostics.QuorumRule.At(
                entry.Value.Span, $"The quorum rule for '{entry.Key.Value}' cannot be read.",
                "Write for example \"1 of role:catalog-maintainer + 2 of 5 of role:ratifier\", or a list of 'role', 'count' and 'of'."));
            return null;
        }

        return new AtomQuorumRule(entry.Key.Value, terms, entry.Key.Span);
    }

    private static AtomQuorumTerm[]? Listed(SequenceNode list)
    {
        AtomQuorumTerm[] terms = [.. list.Items.Select(Term).OfType<AtomQuorumTerm>()];
        return terms.Length == list.Items.Count ? terms : null;
    }

    private static AtomQuorumTerm? Term(Node item) =>
        item is MappingNode map
        && map.Entries.All(e => e.Key is "role" or "count" or "of")
        && map.Find("role")?.Value is ScalarNode { Value: string role }
        && map.Find("count")?.Value is ScalarNode { Value: long count }
        && map.Find("of")?.Value is null or ScalarNode { Kind: ScalarKind.Integer }
            ? QuorumRuleText.Term(count, (map.Find("of")?.Value as ScalarNode)?.Value as long?, role)
            : null;
}
