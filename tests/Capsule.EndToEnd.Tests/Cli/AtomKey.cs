using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>A fresh key of this machine for atoms, in an encrypted file.</summary>
internal static class AtomKey
{
    /// <summary>Makes the key; the <c>ATOMS.yml</c> of a catalog whose only maintainer it is, as <c>k1</c>.</summary>
    public static async Task<string> CatalogAsync(CapsuleProgram capsule, string name, string key)
    {
        capsule.Environment["PASSPHRASE"] = "correct horse battery";
        var made = JsonNode.Parse(await capsule.DoAsync("key", "new", key, "--algorithm", "ml-dsa-65", "--purpose", "atom", "--passphrase-variable", "PASSPHRASE", "--json"))!;
        var spki = (string)made["data"]!["spki"]!;
        return $"""
            spec_version: atoms-spec/v1.1.0
            name: {name}
            atom_types: [design-spec]
            quorum_rules: {"{"}default: 1 of role:catalog-maintainer{"}"}
            keys:
              - id: k1
                role: catalog-maintainer
                algorithm: ML-DSA-65
                fingerprint: {Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(spki).AsSpan(22)))}
                public_key: {spki}
                backend: encrypted-file
                backend_ref: {key}

            """;
    }
}
