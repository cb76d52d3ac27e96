using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Quorum;

/// <summary>What one trust file says (specs: trust 4). A policy that was loaded obeys every rule of the format.</summary>
public sealed record TrustPolicy
{
    /// <summary>The file it came from, absolute; empty for the built-in policy of a user who has written none.</summary>
    public required string Path { get; init; }

    /// <summary>Never goes back; 0 for the built-in policy.</summary>
    public long Version { get; init; }

    /// <summary>Lower-case hex SHA-256 of the file without byte order mark; empty for the built-in policy.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>The keys that the file takes from other files, in its order.</summary>
    public IReadOnlyList<(string File, PublicKey Key)> KeyFiles { get; init; } = [];

    /// <summary>From then on the policy refuses everything; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>What happens to a package that no scope covers and unknown keys signed; null when the file does not say.</summary>
    public DefaultRule? Unknown { get; init; }

    /// <summary>What happens to a package that no scope covers and nobody signed; null when the file does not say.</summary>
    public DefaultRule? Unsigned { get; init; }

    public IReadOnlyDictionary<string, TrustSigner> Signers { get; init; } = new Dictionary<string, TrustSigner>();

    public IReadOnlyList<TrustScope> Scopes { get; init; } = [];

    public IReadOnlyList<RevokedKey> Revoked { get; init; } = [];

    /// <summary>The policy of a user who has no trust file: ask about unknown signers, no rule for anyone.</summary>
    public static TrustPolicy BuiltIn { get; } = new() { Path = "" };

    /// <summary>The most specific scope that covers the package; never a union of several.</summary>
    public TrustScope? ScopeOf(string scope, string name) =>
        Scopes.Where(s => s.Match.Covers(scope, name)).MaxBy(s => s.Match.Specificity);

    public bool IsRevoked(PublicKey key) => Revoked.Any(r => r.Fingerprint == key.Fingerprint);
}

/// <summary>What to do without a rule.</summary>
public enum DefaultRule
{
    /// <summary>Ask on a terminal, with No as the default; refuse elsewhere.</summary>
    Ask,

    /// <summary>Refuse without asking.</summary>
    Refuse,
}

/// <summary>A key that counts for nothing any more, except for identities accepted before.</summary>
/// <param name="Fingerprint"><c>sha256:</c> and 64 lower-case hex digits.</param>
/// <param name="Reason">For people.</param>
public sealed record RevokedKey(string Fingerprint, string Reason);
