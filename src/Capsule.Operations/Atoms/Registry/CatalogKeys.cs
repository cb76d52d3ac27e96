using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum.Registry;

namespace Capsule.Operations.Atoms.Registry;

/// <summary>
/// The keys of a catalog that is being changed, and beside them what they must be afterwards. Nothing is written here; entries are never
/// deleted (specs: atoms 4).
/// </summary>
/// <param name="Catalog">As it was read.</param>
/// <param name="Text">With the edits so far.</param>
/// <param name="Keys">What reading the text again must give.</param>
/// <param name="Now">For the times that are written.</param>
internal sealed record CatalogKeys(AtomCatalog Catalog, YamlEditor Text, IReadOnlyList<AtomKey> Keys, DateTimeOffset Now)
{
    /// <summary>Where the reader finds the list: a key without a value is none.</summary>
    private TomlStep[] List => Has("keys") || !Has("signing", "keys") ? ["keys"] : ["signing", "keys"];

    /// <summary>Every entry of a key, by its id, its fingerprint here or elsewhere, or the key itself (CAP0841, CAP0884).</summary>
    public static Result<IReadOnlyList<AtomKey>> Find(AtomCatalog catalog, KeyName name)
    {
        var digits = name.Text.StartsWith("sha256:", StringComparison.Ordinal) ? name.Text["sha256:".Length..] : name.Text;
        var known = name.Known is { } key ? AtomKeys.Fingerprint(key.Key) : null;
        var named = catalog.FindKey(name.Text)
            ?? catalog.Keys.FirstOrDefault(k => k.Fingerprint == known || k.Fingerprint == digits || AtomPublicKey.Find(k, null)?.Fingerprint == name.Text);
        if (named is null)
        {
            return AtomSigningDiagnostics.NotRegistered.At(
                catalog.Place, $"The key '{name.Text}' is not registered in ATOMS.yml.", Spelling.Suggest(name.Text, [.. catalog.Keys.Select(k => k.Id)], "Registered"));
        }

        return known is null || named.Fingerprint == known
            ? Result.Of<IReadOnlyList<AtomKey>>([.. catalog.Keys.Where(k => k.Fingerprint == named.Fingerprint)])
            : AtomRegistryDiagnostics.Ambiguous.At(named.Place, name.Text);
    }

    /// <summary>One more entry (CAP0883, CAP0925, CAP3210, CAP3221); the same as one that is there changes nothing.</summary>
    public Result<CatalogKeys> Register(string id, KnownKey key, string role)
    {
        if (AtomKeys.Problem(id, key) is { } problem)
        {
            return problem;
        }

        var fingerprint = AtomKeys.Fingerprint(key.Key);
        if (Keys.FirstOrDefault(k => k.Fingerprint == fingerprint || k.Id == id) is { } present)
        {
            return present.Fingerprint != fingerprint ? Taken(present, "another key has this id", "Choose another id: keep the public key in a file of that name.")
                : present.Revoked ? Taken(present, $"it is registered as '{present.Id}' and revoked", "Make a new key; a revocation cannot be taken back.")
                : present.Id != id || present.Role != role ? Taken(present, $"it is registered as '{present.Id}' with the role {present.Role}", "A key has one id and one role in a catalog; use a second key.")
                : this;
        }

        var entry = new AtomKey
        {
            Id = id,
            Role = role,
            Algorithm = key.Key.Algorithm.Name,
            Fingerprint = fingerprint,
            PublicKey = key.Key.SpkiBase64,
            CreatedAt = Rfc3339.Read(Rfc3339.Write(Now)),
            Place = default,
        };
        var edited = Text.Append(List, Nodes.Map(
        [
            new("id", Nodes.String(id)), new("role", Nodes.String(role)), new("algorithm", Nodes.String(entry.Algorithm.ToUpperInvariant())),
            new("fingerprint", Nodes.String(fingerprint)), new("public_key", Nodes.String(entry.PublicKey)), new("created_at", Nodes.String(Rfc3339.Write(Now))),
            new("expires_at", new ScalarNode(ScalarKind.Null, null, "null", default)), new("revoked", Nodes.Boolean(false)),
        ]));
        return edited.Succeeded ? this with { Text = edited.Value, Keys = [.. Keys, entry] } : Result.Failed<CatalogKeys>(edited.Diagnostics);

        Diagnostic Taken(AtomKey where, string why, string hint) => AtomRegistryDiagnostics.Taken.At(where.Place, id, why, hint);
    }

    /// <summary>Marks an entry as revoked; one that is so already stays (CAP0925).</summary>
    public Result<CatalogKeys> Revoke(AtomKey key, string reason)
    {
        if (key.Revoked)
        {
            return this;
        }

        List<(string, Node)> fields = [("revoked", Nodes.Boolean(true)), ("revoked_at", Nodes.String(Rfc3339.Write(Now)))];
        if (reason.Length > 0)
        {
            fields.Add(("revocation_reason", Nodes.String(reason)));
        }

        return Change(key, key with { Revoked = true, RevokedAt = Rfc3339.Read(Rfc3339.Write(Now)), RevocationReason = reason.Length > 0 ? reason : key.RevocationReason }, fields);
    }

    /// <summary>Ends the time of an entry (CAP0885, CAP0925).</summary>
    public Result<CatalogKeys> End(AtomKey key, DateTimeOffset time) => key.Revoked
        ? AtomRegistryDiagnostics.RevokedAlready.At(key.Place, key.Id)
        : Change(key, key with { ExpiresAt = Rfc3339.Read(Rfc3339.Write(time)) }, [("expires_at", Nodes.String(Rfc3339.Write(time)))]);

    private Result<CatalogKeys> Change(AtomKey old, AtomKey changed, IReadOnlyList<(string Name, Node Value)> fields)
    {
        var at = Keys.ToList().IndexOf(old);
        var edited = Result.Of(Text);
        foreach (var (name, value) in fields)
        {
            edited = edited.Succeeded ? edited.Value.Set([.. List, at, name], value) : edited;
        }

        return edited.Succeeded ? this with { Text = edited.Value, Keys = [.. Keys.Select((k, i) => i == at ? changed : k)] } : Result.Failed<CatalogKeys>(edited.Diagnostics);
    }

    private bool Has(params TomlStep[] path) => NodePath.Find(Text.Root, path) is not (null or ScalarNode { Kind: ScalarKind.Null });
}
