using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Catalogs;

/// <summary>Reads the keys of a catalog, from <c>keys</c> or <c>signing.keys</c> (specs: atoms 4).</summary>
internal static class AtomKeyReader
{
    public static IReadOnlyList<AtomKey> All(FieldReader top, FieldReader? signing, string root)
    {
        if (top.Has("keys") && signing?.Has("keys") == true)
        {
            top.Report(AtomCatalogDiagnostics.Invalid.At(top.KeySpan("keys")!.Value, "'keys' stands at the top level and under 'signing'.", "Keep one of the two lists."));
        }

        var items = top.Has("keys") ? top.Items("keys") : signing?.Items("keys");
        AtomKey[] keys = [.. (items ?? []).Select(i => Read(i, root)).OfType<AtomKey>()];
        foreach (var twice in keys.GroupBy(k => k.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            top.Report(AtomCatalogDiagnostics.Invalid.At(twice.Last().Place, $"Two keys have the id '{twice.Key}'.", "Give each key an id of its own."));
        }

        foreach (var other in keys.GroupBy(k => k.Fingerprint, StringComparer.Ordinal).Where(g => g.Select(k => k.Role).Distinct(StringComparer.Ordinal).Count() > 1))
        {
            top.Report(AtomCatalogDiagnostics.Invalid.At(
                other.Last().Place, $"One key has two roles: {string.Join(" and ", other.Select(k => $"'{k.Id}' is {k.Role}"))}.", "A key has exactly one role in a catalog; use a second key."));
        }

        return keys;
    }

    private static AtomKey? Read(FieldReader reader, string root)
    {
        var id = Demand(reader, reader.RequiredText("id"), i => i.Length is > 0 and <= 200 && !i.Any(char.IsControl), "an id");
        var role = Demand(reader, reader.RequiredText("role"), AtomNames.IsWord, "a role: words of lower-case letters and digits joined by hyphens");
        var algorithm = Demand(reader, reader.RequiredText("algorithm"), a => AtomNames.Algorithms.Contains(a.ToLowerInvariant()), "one of ML-DSA-44, ML-DSA-65, ML-DSA-87");
        var fingerprint = Demand(reader, reader.RequiredText("fingerprint"), IsFingerprint, "64 lower-case hex digits, the SHA-256 of the raw public key");
        var file = Demand(reader, reader.Text("public_key_file"), CatalogPath.IsInside, "a relative path inside the catalog");
        if (role is not null && !AtomNames.Roles.Contains(role.Value))
        {
            reader.Report(AtomNoticeDiagnostics.CatalogNote.At(role.Span, $"The role '{role.Value}' is none of the usual ones: {string.Join(", ", AtomNames.Roles)}.", "Check the spelling; a role of your own works."));
        }

        var key = new AtomKey
        {
            Id = id?.Value ?? "",
            Role = role?.Value ?? "",
            Algorithm = algorithm?.Value.ToLowerInvariant() ?? "",
            Fingerprint = fingerprint?.Value ?? "",
            PublicKey = reader.Text("public_key")?.Value,
            PublicKeyFile = file is null ? null : Path.Combine(root, CatalogPath.Clean(file.Value)),
            CreatedAt = Time(reader, "created_at"),
            ExpiresAt = Time(reader, "expires_at"),
            Revoked = reader.Boolean("revoked")?.Value ?? false,
            RevokedAt = Time(reader, "revoked_at"),
            RevocationReason = reader.Text("revocation_reason")?.Value,
            Backend = reader.Text("backend")?.Value,
            BackendReference = reader.Text("backend_ref")?.Value,
            Place = reader.KeySpan("id") ?? reader.Place,
        };
        return id is null || role is null || algorithm is null || fingerprint is null ? null : key;
    }

    private static bool IsFingerprint(string text) => text.Length == 64 && !text.AsSpan().ContainsAnyExcept("0123456789abcdef");

    private static DateTimeOffset? Time(FieldReader reader, string key) =>
        Demand(reader, reader.Text(key), t => Rfc3339.Read(t) is not null, Rfc3339.Example) is { } field ? Rfc3339.Read(field.Value) : null;

    private static Field<string>? Demand(FieldReader reader, Field<string>? field, Func<string, bool> holds, string form)
    {
        if (field is null || holds(field.Value))
        {
            return field;
        }

        reader.Report(AtomCatalogDiagnostics.Invalid.At(field.Span, $"'{field.Path.Text}' must be {form}; this is '{field.Value}'.", $"Write {form}."));
        return null;
    }
}
