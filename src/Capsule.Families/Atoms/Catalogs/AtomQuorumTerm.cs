namespace Capsule.Families.Atoms.Catalogs;

/// <summary>So many signatures by keys of a role.</summary>
/// <param name="Required">At least 1.</param>
/// <param name="Pool">How many keys of the role the rule says there are; null when it does not say.</param>
/// <param name="Role">The role.</param>
public sealed record AtomQuorumTerm(int Required, int? Pool, string Role)
{
    public override string ToString() => Pool is null ? $"{Required} of role:{Role}" : $"{Required} of {Pool} of role:{Role}";
}
