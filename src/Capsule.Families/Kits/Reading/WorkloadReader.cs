using Capsule.Core.Text;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Shapes;

namespace Capsule.Families.Kits.Reading;

/// <summary>Reads a workload and decides which of the three shapes it has (specs: kits 1.3).</summary>
internal static class WorkloadReader
{
    public static Workload Read(Field<string> id, FieldReader at)
    {
        ManifestText.Id(at, id);
        var shapes = WorkloadShape.Forms.Where(at.Has).ToArray();
        if (shapes.Length == 0)
        {
            at.Report(KitDiagnostics.NoShape.At(id.Span, id.Value));
        }
        else if (shapes.Length > 1)
        {
            at.Report(KitDiagnostics.SeveralShapes.At(at.KeySpan(shapes[1])!.Value, id.Value, shapes[0], shapes[1]));
        }

        var workload = new Workload
        {
            Id = id,
            Runtime = at.Mapping("runtime") is { } runtime ? RuntimeReader.Read(runtime) : null,
            Import = at.Mapping("import") is { } import ? Import(import) : null,
            Variants = Variants(id, at),
            Endpoints = [.. (at.List("endpoints") ?? []).Select(e => EndpointReader.Read(at, e)).OfType<Endpoint>()],
            Connections = at.Strings("connections") ?? [],
            Mounts = [.. (at.List("mounts") ?? []).Select(m => MountReader.Grant(at, m)).OfType<MountGrant>()],
            ExposedSecrets = at.Strings("exposed_secrets") ?? [],
            EgressAllow = EgressReader.Read(at),
        };
        at.RefuseUnknown();
        return workload;
    }

    private static List<WorkloadVariant> Variants(Field<string> workload, FieldReader at)
    {
        var variants = at.Mappings("variants");
        if (variants is { Count: 0 })
        {
            at.Report(KitDiagnostics.NoVariants.At(at.KeySpan("variants")!.Value, workload.Value));
        }

        return [.. (variants ?? []).Select(v => Variant(v.Key, v.Value)).OfType<WorkloadVariant>()];
    }

    private static WorkloadVariant? Variant(Field<string> id, FieldReader at)
    {
        ManifestText.Id(at, id);
        var runtime = at.RequiredMapping("runtime");
        at.RefuseUnknown();
        return runtime is null ? null : new WorkloadVariant(id, RuntimeReader.Read(runtime));
    }

    private static WorkloadImport? Import(FieldReader at)
    {
        var dependency = at.RequiredString("dependency");
        RemovedForms.Check(at, "export");
        var path = at.Has("export") ? at.String("exposed_path") : at.RequiredString("exposed_path");
        path = ManifestText.HttpPath(at, path);
        at.RefuseUnknown();
        return dependency is null || path is null ? null : new WorkloadImport(dependency, path);
    }
}
