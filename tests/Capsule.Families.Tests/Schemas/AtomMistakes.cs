namespace Capsule.Families.Tests.Schemas;

/// <summary>What can be wrong with an <c>atom.toml</c> or an <c>ATOMS.yml</c> and an editor can see.</summary>
internal static class AtomMistakes
{
    public static IReadOnlyList<Mistake> All { get; } =
    [
        new("CAP0802", "version      = \"1.0.0\"\n", "", "id ", "\"version\""),
        new("CAP0802", "class       = \"design-spec\"\n", "", "[spec]", "\"class\""),
        new("CAP0802", "title       = \"Greeting\"\n", "", "[spec]", "\"title\""),
        new("CAP0802", "summary     = \"How to greet.\"", "summary = \"\"", "summary", "shorter"),
        new("CAP0802", "asset       = \"spec.md\"\n", "", "[spec]", "\"asset\""),
        new("CAP0803", "\"acme-atoms/design-spec/greeting\"", "\"acme-atoms/greeting\"", "acme-atoms/greeting", "does not match"),
        new("CAP0803", "\"2026-05-24T00:00:00Z\"", "2026-05-24", "created_at", "does not match"),
        new("CAP0803", "content_hash = \"\"", "content_hash = \"sha256:abc\"", "sha256:abc", "does not match"),
        new("CAP0803", "created_at  =", "published_at = \"2026-05-24T00:00:00Z\"\ncreated_at  =", "published_at", "False schema"),
        new("CAP0803", "conforms_to = \"acme-atoms/design-spec/greeting@1.0.0\"", "conforms_to = \"acme-atoms/design-spec/greeting\"", "conforms_to", "does not match"),
        new("CAP0803", "authors     = [\"acme\"]", "authors = \"acme\"", "authors", "array"),
        new("CAP0805", "version      = \"1.0.0\"", "version = \"1.0\"", "version", "does not match"),
        new("CAP0806", "\"draft\"", "\"stable\"", "stable", "published"),
        new("CAP0808", "\"spec.md\"", "\"docs/spec.md\"", "docs/spec.md", "does not match"),
        new("CAP0813", "provenance = \"https:", "provenance = \"ftp:", "ftp:", "does not match"),
        new("CAP0813", "license = \"MIT\"\n", "", "[protocol]", "\"license\""),
    ];

    public static IReadOnlyList<Mistake> Catalog { get; } =
    [
        new("CAP0862", "name: acme-atoms\n", "", "spec_version", "name"),
        new("CAP0862", "name: acme-atoms", "name: Acme Atoms", "Acme Atoms", "pattern"),
        new("CAP0862", "canonical_domain: atoms.acme.example", "canonical_domain: https://atoms.acme.example", "canonical_domain", "pattern"),
        new("CAP0862", "atom_types: [design-spec]", "atom_types: design-spec", "atom_types", "array"),
        new("CAP0862", "canonicalization: atoms-canon/1", "canonicalization: mine", "canonicalization", "asset-raw"),
        new("CAP0862", "role: editor\n", "role: An Editor\n", "An Editor", "pattern"),
        new("CAP0862", "algorithm: ML-DSA-65", "algorithm: ed25519", "ed25519", "pattern"),
        new("CAP0862", "    fingerprint: ", "    finger: ", "id: k1", "fingerprint"),
        new("CAP0862", "fingerprint: d6", "fingerprint: D6", "fingerprint", "pattern"),
        new("CAP0862", "expires_at: null", "expires_at: soon", "expires_at", "pattern"),
        new("CAP0862", "revoked: false", "revoked: perhaps", "revoked", "boolean"),
        new("CAP0866", "\"1 of role:editor\"", "\"0.5 of role:editor\"", "0.5", "pattern"),
    ];
}
