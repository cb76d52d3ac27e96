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

/// <summary>So many signatures by keys of a role.</summary>
/// <param name="Required">At least 1.</param>
/// <param name="Pool">How many keys of the role the rule says there are; null when it does not say.</param>
/// <param name="Role">The role.</param>
public sealed record AtomQuorumTerm(int Required, int? Pool, string Role)
{
    public override string ToString() => Pool is null ? $"{Required} of role:{Role}" : $"{Required} of {Pool} of role:{Role}";
}
