using Capsule.Core.Text;
using Capsule.Families.Capsules.Shapes;

namespace Capsule.Families.Capsules.Services;

/// <summary>Reads <c>[services]</c>.</summary>
internal static class ServiceReader
{
    public static IReadOnlyList<CapsuleService> All(FieldReader root, List<Field<string>> notYet)
    {
        var found = new List<CapsuleService>();
        foreach (var (name, table) in root.Mappings("services") ?? [])
        {
            notYet.AddRange(CapsuleManifestReader.Present(table, ServiceShape.KeysNotYet));
            found.Add(new CapsuleService
            {
                Name = name,
                Command = table.String("entrypoint") ?? table.String("command"),
                DependsOn = table.Strings("depends_on") ?? [],
                Env = table.StringMap("env") ?? [],
                Probe = table.Mapping("readiness_probe") is { } probe ? Probe(probe) : null,
                Expose = table.Has("expose") ? table.KeySpan("expose") : null,
            });
            table.Ignore("command");
            table.RefuseUnknown();
        }

        return found;
    }

    private static ServiceProbe Probe(FieldReader table)
    {
        var probe = new ServiceProbe(table.Place, table.String("http_get"), table.String("tcp_connect"), table.String("port"));
        table.RefuseUnknown();
        return probe;
    }
}
