using System.Text;
using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Keys;

/// <summary>The forms in which others take a public key.</summary>
public static class PublicKeyForms
{
    /// <summary>As <see cref="PublicKeyFile"/> writes it.</summary>
    public const string Pem = "pem";

    /// <summary>What <see cref="Write"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [Pem, "raw", "spki", "trust", "atoms"];

    /// <summary>The text without a final line break (CAP3221 when an ATOMS.yml cannot hold the key).</summary>
    /// <param name="form">One of <see cref="Names"/>.</param>
    /// <param name="id">The key's id.</param>
    /// <param name="key">The key.</param>
    /// <param name="now">For <c>created_at</c>.</param>
    public static Result<string> Write(string form, string id, KnownKey key, DateTimeOffset now) => form switch
    {
        "raw" => Convert.ToBase64String(key.Key.Raw),
        "spki" => key.Key.SpkiBase64,
        "trust" => Trust(id, key),
        "atoms" when !key.Key.Algorithm.Name.StartsWith("ml-dsa-", StringComparison.Ordinal) => KeyDiagnostics.NotForAtoms.Now(id, key.Key.Algorithm.Name),
        "atoms" => Atoms(key, now),
        _ => Encoding.ASCII.GetString(PublicKeyFile.Write(key)).TrimEnd('\n'),
    };

    /// <summary>A table for trust.toml. A dot in a bare TOML key would begin another table.</summary>
    private static string Trust(string id, KnownKey key) =>
        $$"""
        [signers.{{(id.Contains('.') ? $"\"{id}\"" : id)}}]
        purpose = "{{key.Purpose.Name()}}"
        keys = [{ algorithm = "{{key.Key.Algorithm.Name}}", spki = "{{key.Key.SpkiBase64}}" }]
        """;

    /// <summary>An entry of <c>keys</c> in ATOMS.yml (specs: atoms 4); its fingerprint is that of the raw key.</summary>
    private static string Atoms(KnownKey key, DateTimeOffset now)
    {
        var fingerprint = AtomKeys.Fingerprint(key.Key);
        return $"""
              - id: key-{fingerprint[..12]}
                role: catalog-maintainer
                algorithm: {key.Key.Algorithm.Name.ToUpperInvariant()}
                fingerprint: {fingerprint}
                public_key: {key.Key.SpkiBase64}
                created_at: {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}
                expires_at: null
                revoked: false
            """;
    }
}
