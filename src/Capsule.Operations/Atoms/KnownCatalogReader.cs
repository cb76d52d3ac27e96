using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Atoms;
using Capsule.Operations.Atoms.Fetching;

namespace Capsule.Operations.Atoms;

/// <summary>Reads the tables <c>[catalogs.NAME]</c> of a settings file.</summary>
/// <param name="absolute">Makes a path absolute.</param>
/// <param name="ignore">Tells what has no effect in a project's file (place, what, hint); null for the user's file.</param>
internal sealed class KnownCatalogReader(Func<string, string> absolute, Action<SourceSpan, string, string>? ignore)
{
    /// <summary>What the file says, over what is known already.</summary>
    public Dictionary<string, KnownCatalog> Read(FieldReader root, IReadOnlyDictionary<string, KnownCatalog> below)
    {
        var catalogs = new Dictionary<string, KnownCatalog>(below, StringComparer.Ordinal);
        foreach (var entry in root.Mappings("catalogs") ?? [])
        {
            catalogs[entry.Key.Value] = new KnownCatalog(
                entry.Value.String("root") is { } place ? absolute(place.Value) : null, Domain(entry.Value) ?? below.GetValueOrDefault(entry.Key.Value)?.Domain);
            entry.Value.RefuseUnknown();
        }

        return catalogs;
    }

    /// <summary>A host name; in the user's file an address of http or https too, for hosts of one's own.</summary>
    private string? Domain(FieldReader entry)
    {
        if (entry.String("domain") is not { } domain)
        {
            return null;
        }

        if (AtomAddress.Parse(domain.Value) is null)
        {
            entry.Report(AtomSettingsDiagnostics.Invalid.At(domain.Span, $"'{domain.Value}' is no host.", "Write a host name such as atoms.example.org."));
            return null;
        }

        if (ignore is not null && Uri.CheckHostName(domain.Value) != UriHostNameType.Dns)
        {
            ignore(domain.Span, $"The domain '{domain.Value}' has no effect in a project's file: only a host name may stand there.", "Set it in the user's file.");
            return null;
        }

        return domain.Value;
    }
}
