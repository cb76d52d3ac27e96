using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Capsules.Services;
using Capsule.Families.Capsules.Shapes;

namespace Capsule.Families.Capsules;

/// <summary>Reads the fields of a <c>capsule.toml</c>; types, enumerations and spelling are checked on the way.</summary>
internal static class CapsuleManifestReader
{
    public static CapsuleManifest Read(FieldReader root)
    {
        var notYet = new List<Field<string>>();
        SchemaVersion(root);
        var isolation = Isolation(root, notYet);
        var (hosts, place) = Network(root, notYet);
        var services = ServiceReader.All(root, notYet);
        var startsServices = services.Count > 0;
        var manifest = new CapsuleManifest
        {
            HasExecution = root.Has("execution"),
            Name = root.RequiredString("name"),
            Version = root.String("version"),
            Type = root.RequiredDeclaredChoice("type"),
            DefaultTarget = root.String("default_target"),
            Description = DeclaredTables.Metadata(root),
            TargetsPlace = root.KeySpan("targets") ?? root.Place,
            Targets = [.. CapsuleTargetReader.All(root).Select(t => t with { StartsServices = startsServices && (t.Runtime?.Value, t.EffectiveDriver) is ("web", "deno") })],
            Services = services,
            ServicesPlace = root.KeySpan("services") ?? root.Place,
            AllowEnv = isolation,
            Egress = hosts,
            EgressKey = place,
            NotYet = notYet,
        };
        DeclaredTables.Read(root, manifest.Type?.Value, notYet);
        notYet.AddRange(Present(root, CapsuleShape.TablesNotYet));
        if (root.Mapping("pack") is { } pack)
        {
            manifest = manifest with { Include = pack.Strings("include") ?? [], Exclude = pack.Strings("exclude") ?? [] };
            pack.RefuseUnknown();
        }

        NoEffect(root, CapsuleShape.TablesWithoutEffect);
        root.RefuseUnknown();
        return manifest;
    }

    /// <summary>Those of the keys that are there, at the place of the key.</summary>
    public static IEnumerable<Field<string>> Present(FieldReader reader, params IEnumerable<string> keys) =>
        from key in keys
        where reader.Has(key)
        select new Field<string>(reader.Path.Key(key).Text, reader.KeySpan(key)!.Value, reader.Path.Key(key));

    public static void NoEffect(FieldReader reader, params IEnumerable<string> keys)
    {
        foreach (var key in Present(reader, keys))
        {
            reader.Report(CapsuleDiagnostics.NoEffect.At(key.Span, key.Value));
        }
    }

    private static void SchemaVersion(FieldReader root)
    {
        if (root.String("schema_version") is { } version && !CapsuleShape.Manifest.Choices("schema_version").Contains(version.Value))
        {
            root.Report(CapsuleDiagnostics.SchemaVersion.At(version.Span, version.Value));
        }
    }

    private static IReadOnlyList<Field<string>> Isolation(FieldReader root, List<Field<string>> notYet)
    {
        if (root.Mapping("isolation") is not { } isolation)
        {
            return [];
        }

        var names = isolation.Strings("allow_env") ?? [];
        notYet.AddRange(Present(isolation, "sandbox", "network"));
        isolation.RefuseUnknown();
        return names;
    }

    /// <summary>The hosts, and the key that holds them or the table where it would stand.</summary>
    private static (IReadOnlyList<Field<string>> Hosts, Field<string>? Key) Network(FieldReader root, List<Field<string>> notYet)
    {
        if (root.Mapping("network") is not { } network)
        {
            return ([], null);
        }

        var hosts = network.Strings("egress_allow") ?? [];
        notYet.AddRange(Present(network, "egress_id_allow", "tsnet"));
        network.RefuseUnknown();
        return (hosts, Present(network, "egress_allow").Concat(Present(root, "network")).First());
    }
}
