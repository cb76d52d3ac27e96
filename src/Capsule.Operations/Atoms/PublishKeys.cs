using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Catalogs;

namespace Capsule.Operations.Atoms;

/// <summary>The keys that sign a published atom: the maintainer's, and further ones at hand.</summary>
internal static class PublishKeys
{
    private const string Maintainer = "catalog-maintainer";

    /// <summary>The maintainer's first (CAP0841 to CAP0843, CAP0846, CAP0865).</summary>
    public static Result<IReadOnlyList<AtomKey>> Find(AtomSession session, IReadOnlyList<string> also)
    {
        Result<AtomKey>[] keys = [OfMaintainer(session), .. also.Distinct(StringComparer.Ordinal).Select(id => AtomSigner.FindKey(session, id))];
        var notes = keys.SelectMany(k => k.Diagnostics).Distinct();
        return keys.All(k => k.Succeeded)
            ? Result.Of<IReadOnlyList<AtomKey>>([.. keys.Select(k => k.Value!).DistinctBy(k => k.Id)], notes)
            : Result.Failed<IReadOnlyList<AtomKey>>(notes);
    }

    /// <summary>The default key when it is a maintainer's; without a default, the one maintainer key there is.</summary>
    private static Result<AtomKey> OfMaintainer(AtomSession session)
    {
        if (session.Settings.DefaultKey is { Length: > 0 } id)
        {
            var found = AtomSigner.FindKey(session, id);
            return found.Value is null || found.Value.Role == Maintainer
                ? found
                : AtomSigningDiagnostics.NotRegistered.At(found.Value.Place, $"The default key '{id}' is registered as {found.Value.Role}, and publishing needs a {Maintainer}.", "Set keys.default_key to a maintainer's key.");
        }

        AtomKey[] maintainers = [.. session.Catalog.Keys.Where(k => k.Role == Maintainer && !k.Revoked)];
        return maintainers is [var only]
            ? AtomSigner.FindKey(session, only.Id)
            : AtomCatalogDiagnostics.NoKey.Now(
                $"No default key is set, and {(maintainers.Length == 0 ? "no key" : "more than one key")} of the role {Maintainer} is registered.",
                "Set keys.default_key in ~/.atoms/config.toml.");
    }
}
