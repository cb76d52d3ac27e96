using Capsule.Core.Diagnostics;
using Capsule.Families.Packing;

namespace Capsule.Families.Atoms.Catalogs;

/// <summary>Which quorum rule of a catalog applies to an atom (specs: atoms 7.2): the most specific one.</summary>
public static class QuorumRuleChoice
{
    private static readonly AtomQuorumTerm Maintainer = new(1, null, "catalog-maintainer");

    /// <summary>The rule, with a warning when it is the built-in one; CAP0866 when the catalog has rules and none matches.</summary>
    public static Result<AtomQuorumRule> For(AtomCatalog catalog, string @class, string slug)
    {
        if (catalog.QuorumRules is not { } rules)
        {
            IReadOnlyList<AtomQuorumTerm> terms = @class == "design-spec" ? [Maintainer, new(1, null, "editor")] : [Maintainer];
            var rule = new AtomQuorumRule("default", terms, catalog.Place);
            return Result.Of(rule, [AtomNoticeDiagnostics.CatalogNote.At(
                catalog.Place, $"ATOMS.yml states no quorum_rules; the built-in rule '{rule.Text}' is used.", "State signing.quorum_rules with a default.")]);
        }

        var path = $"{@class}/{slug}";
        var found = rules.FirstOrDefault(r => r.Pattern == path)
            ?? rules.FirstOrDefault(r => r.Pattern == @class)
            ?? rules.Where(r => Matches(r.Pattern, @class, path)).OrderByDescending(r => LiteralPrefix(r.Pattern)).ThenBy(r => r.Pattern, StringComparer.Ordinal).FirstOrDefault()
            ?? rules.FirstOrDefault(r => r.Pattern == "default");
        return found is not null
            ? found
            : AtomCatalogDiagnostics.QuorumRule.At(catalog.Place, $"No quorum rule of ATOMS.yml applies to '{path}'.", "Add a rule for its class, or a default.");
    }

    private static bool Matches(string pattern, string @class, string path) =>
        pattern.Contains('*', StringComparison.Ordinal) && Glob.Parse("/" + pattern) is { } glob && (glob.Matches(@class) || glob.Matches(path));

    private static int LiteralPrefix(string pattern) => pattern.IndexOf('*', StringComparison.Ordinal);
}
