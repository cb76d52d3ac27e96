using System.Net;
using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Catalogs;

namespace Capsule.Operations.Atoms.Fetching;

/// <summary>Where the atoms of a catalog are fetched: <c>https://DOMAIN/class/slug/version/file</c> (specs: atoms 10).</summary>
public static class AtomAddress
{
    /// <summary>
    /// The canonical host: what the settings say, else the catalog's own <c>canonical_domain</c>, else <c>NAME.com</c>. CAP0862 when the catalog is the
    /// one at hand and states none.
    /// </summary>
    public static Result<Uri> Canonical(string catalog, AtomCatalog? own, AtomSettings settings)
    {
        if (settings.Catalogs.GetValueOrDefault(catalog)?.Domain is { } domain)
        {
            return Parse(domain) is { } address ? address : Invalid(own, catalog, $"The domain '{domain}' of the catalog '{catalog}' in the settings is no host.");
        }

        if (own?.Name.Value != catalog)
        {
            return new Uri($"https://{catalog}.com/");
        }

        return own!.CanonicalDomain is { } stated
            ? new Uri($"https://{stated.Value}/")
            : Invalid(own, catalog, "'canonical_domain' is missing, so its atoms cannot be fetched.");
    }

    /// <summary>A host name, or an address of http or https without query; null for anything else.</summary>
    public static Uri? Parse(string domain)
    {
        if (Uri.CheckHostName(domain) == UriHostNameType.Dns)
        {
            return new Uri($"https://{domain}/");
        }

        return Uri.TryCreate(domain.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            && address is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" } && address.Host.Length > 0
            ? address
            : null;
    }

    public static Uri Of(Uri root, AtomReference atom, string file) =>
        new(root, string.Join('/', ((string[])[atom.Class, atom.Slug, atom.Version, file]).Select(WebUtility.UrlEncode).Select(s => s!.Replace("+", "%20", StringComparison.Ordinal))));

    private static Diagnostic Invalid(AtomCatalog? own, string catalog, string what) =>
        own is null ? AtomCatalogDiagnostics.Invalid.Now(what, Hint(catalog)) : AtomCatalogDiagnostics.Invalid.At(own.Place, what, Hint(catalog));

    private static string Hint(string catalog) =>
        $"Add 'canonical_domain' to ATOMS.yml, or [catalogs.{catalog}] with 'domain' to the settings.";
}
