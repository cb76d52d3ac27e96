using Capsule.Core.Text;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Quorum;

/// <summary>Reads <c>[signers.NAME]</c> tables. Keys are compared by their bytes, so that no spelling makes one key two.</summary>
internal static class TrustSignerReader
{
    /// <param name="tables">The tables.</param>
    /// <param name="folder">What key files are relative to.</param>
    /// <param name="files">Receives the keys that came from files.</param>
    public static Dictionary<string, TrustSigner> Read(
        IReadOnlyList<NamedField<FieldReader>> tables, string folder, ICollection<(string File, PublicKey Key)> files)
    {
        var signers = new Dictionary<string, TrustSigner>(StringComparer.Ordinal);
        var owners = new Dictionary<PublicKey, string>();
        foreach (var (name, table) in tables)
        {
            var purpose = table.Choice("purpose", KeyPurposes.ByName)?.Value ?? KeyPurpose.Release;
            var all = table.Boolean("require_all_keys")?.Value ?? false;
            var keys = new List<PublicKey>();
            var ends = new Dictionary<PublicKey, DateTimeOffset>();
            var entries = table.RequiredItems("keys");
            foreach (var entry in entries ?? [])
            {
                var end = TrustFileReader.ReadExpires(entry);
                if (ReadKey(entry, purpose, folder, files) is not { } key)
                {
                    continue;
                }

                if (owners.TryGetValue(key, out var owner))
                {
                    entry.Report(PolicyDiagnostics.SharedKey.At(entry.Place, key.Fingerprint, owner));
                    continue;
                }

                owners.Add(key, name.Value);
                keys.Add(key);
                if (end is { } moment)
                {
                    ends.Add(key, moment);
                }
            }

            if (entries is { Count: 0 })
            {
                table.Report(PolicyDiagnostics.EmptyList.At(table.KeySpan("keys") ?? table.Place, table.Path.Key("keys").Text));
            }

            table.RefuseUnknown();
            signers[name.Value] = new TrustSigner(name.Value, purpose, all, keys) { Expires = ends };
        }

        return signers;
    }

    private static PublicKey? ReadKey(FieldReader entry, KeyPurpose purpose, string folder, ICollection<(string File, PublicKey Key)> files)
    {
        var algorithm = entry.RequiredOneOf("algorithm", SignatureAlgorithms.Names);
        var spki = entry.String("spki");
        var file = entry.String("file");
        entry.RefuseUnknown();
        if (algorithm is null)
        {
            return null;
        }

        var (key, why) = (spki, file) switch
        {
            ({ } text, null) => FromBase64(text.Value),
            (null, { } path) => FromFile(Path.Combine(folder, path.Value), purpose),
            _ => (null, "it has not exactly one of 'spki' and 'file'"),
        };
        if (key is not null && key.Algorithm.Name != algorithm.Value)
        {
            why = $"it is a key of {key.Algorithm.Name}, not of {algorithm.Value}";
            key = null;
        }

        if (key is null)
        {
            entry.Report(PolicyDiagnostics.KeyMalformed.At((spki ?? file)?.Span ?? entry.Place, why));
        }
        else if (file is not null)
        {
            files.Add((file.Value, key));
        }

        return key;
    }

    private static (PublicKey? Key, string Why) FromBase64(string text)
    {
        var bytes = Envelopes.CanonicalBase64.Decode(text);
        return (bytes is null ? null : PublicKey.FromSpki(bytes), "its spki is not the base64 of a canonical SubjectPublicKeyInfo");
    }

    private static (PublicKey? Key, string Why) FromFile(string path, KeyPurpose purpose)
    {
        var read = PublicKeyFile.ReadFile(path);
        if (!read.Succeeded)
        {
            return (null, read.Diagnostics[0].Message.TrimEnd('.'));
        }

        return read.Value switch
        {
            [var only] when only.Purpose == purpose => (only.Key, ""),
            [var only] => (null, $"its file states the purpose '{only.Purpose.Name()}', not '{purpose.Name()}'"),
            _ => (null, "its file holds more than one key"),
        };
    }
}
