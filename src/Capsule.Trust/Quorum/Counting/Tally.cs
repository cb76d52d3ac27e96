namespace Capsule.Trust.Quorum.Counting;

/// <summary>Which keys have spoken in which roles, each once, and who counts because of it.</summary>
internal sealed class Tally(Membership membership)
{
    private readonly HashSet<(KeyBytes Key, string? Role)> _spoken = [];

    /// <summary>False when the key had spoken in that role already.</summary>
    public bool Add(KeyBytes key, string? role) => !Spoke(key, role) && _spoken.Add((key, role));

    public void Remove(KeyBytes key, string? role) => _spoken.Remove((key, role));

    public bool Spoke(KeyBytes key, string? role) => _spoken.Contains((key, null)) || (role is not null && _spoken.Contains((key, role)));

    public bool Counts(int member, string role) => membership.Counts(member, key => Spoke(key, role));

    /// <summary>The first counting member of each signer that counts in the role.</summary>
    public int[] Counting(string role) =>
        [.. membership.InRole(role).Where(m => Counts(m, role)).DistinctBy(membership.SignerOf)];
}
