namespace Capsule.Trust.Quorum.Counting;

/// <summary>The members as a count sees them: keys by their bytes, the worst standing of each, and which members are one signer.</summary>
internal sealed class Membership
{
    private readonly Dictionary<KeyBytes, KeyStanding> _standing = [];
    private readonly Dictionary<KeyBytes, int> _owner = [];
    private readonly int[] _signer;

    public Membership(IReadOnlyList<QuorumMember> members)
    {
        Members = members;
        _signer = [.. Enumerable.Range(0, members.Count)];
        for (var at = 0; at < members.Count; at++)
        {
            foreach (var key in members[at].Keys)
            {
                _standing[key.Key] = _standing.TryGetValue(key.Key, out var other) && other > key.Standing ? other : key.Standing;
                if (!_owner.TryAdd(key.Key, at))
                {
                    Join(_owner[key.Key], at);
                }
            }
        }
    }

    public IReadOnlyList<QuorumMember> Members { get; }

    /// <summary>The signer that a member is: the lowest index of the members it shares keys with.</summary>
    public int SignerOf(int member) => _signer[member];

    public KeyStanding? StandingOf(KeyBytes key) => _standing.TryGetValue(key, out var standing) ? standing : null;

    /// <summary>The members that have the key.</summary>
    public IEnumerable<int> Having(KeyBytes key) =>
        _owner.ContainsKey(key) ? Enumerable.Range(0, Members.Count).Where(m => Members[m].Keys.Any(k => k.Key.Equals(key))) : [];

    public IEnumerable<int> InRole(string role) =>
        Enumerable.Range(0, Members.Count).Where(m => Members[m].Roles.Contains(role, StringComparer.Ordinal));

    /// <summary>True when the member counts once the keys for which the test holds have signed.</summary>
    public bool Counts(int member, Func<KeyBytes, bool> signed)
    {
        var keys = Members[member].Keys;
        return keys.Any(k => StandingOf(k.Key) == KeyStanding.Usable && signed(k.Key))
            && (!Members[member].RequireAllKeys || keys.All(k => StandingOf(k.Key) <= KeyStanding.NotAccepted && signed(k.Key)));
    }

    public bool CouldCount(int member) => Counts(member, _ => true);

    /// <summary>What keeps a member from ever counting.</summary>
    public UnableMember Unable(int member) =>
        new(Members[member].Name, Members[member].Keys.Count == 0 ? null : Members[member].Keys.Max(k => StandingOf(k.Key)));

    private void Join(int left, int right)
    {
        var (kept, gone) = (Math.Min(_signer[left], _signer[right]), Math.Max(_signer[left], _signer[right]));
        for (var at = 0; at < _signer.Length; at++)
        {
            _signer[at] = _signer[at] == gone ? kept : _signer[at];
        }
    }
}
