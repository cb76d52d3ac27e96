using Capsule.Core.Diagnostics;

namespace Capsule.Families.Atoms.Catalogs;

/// <summary>Who must sign atoms that a pattern matches (specs: atoms 7).</summary>
/// <param name="Pattern">A class, <c>class/slug</c>, a glob, or <c>default</c>.</param>
/// <param name="Terms">All must be satisfied.</param>
/// <param name="Place">Where the catalog states it.</param>
public sealed record AtomQuorumRule(string Pattern, IReadOnlyList<AtomQuorumTerm> Terms, SourceSpan Place)
{
    /// <summary>The rule as a line: <c>1 of role:editor + 2 of 5 of role:ratifier</c>.</summary>
    public string Text => string.Join(" + ", Terms);

    public bool Equals(AtomQuorumRule? other) => other is not null && Pattern == other.Pattern && Terms.SequenceEqual(other.Terms);

    public override int GetHashCode() => Pattern.GetHashCode(StringComparison.Ordinal);
}
