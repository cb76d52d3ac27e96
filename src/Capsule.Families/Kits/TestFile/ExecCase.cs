using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Planning;
using Capsule.Families.Kits.Reading;
using Capsule.Families.Kits.Rules;

namespace Capsule.Families.Kits.TestFile;

/// <summary>Reads a case that runs a command in a prepared workload.</summary>
internal static class ExecCase
{
    public static TestCase Read(TestCase test, FieldReader target, FieldReader request, KitTree kit)
    {
        var workload = target.RequiredString("workload");
        var variant = target.String("variant");
        target.RefuseUnknown();
        if (workload is not null)
        {
            test = Workload(test, target, workload, variant, kit);
        }

        test = Command(test, request);
        request.RefuseUnknown();
        return test;
    }

    private static TestCase Workload(TestCase test, FieldReader at, Field<string> id, Field<string>? variant, KitTree kit)
    {
        if (kit.Manifest.FindWorkload(id.Value) is not { } workload)
        {
            at.Report(KitTestDiagnostics.UnknownWorkload.At(id.Span, id.Value, Listed.Names(kit.Manifest.Workloads.Select(w => w.Id.Value))));
            return test;
        }

        var names = workload.Variants.Select(v => v.Id.Value).ToArray();
        if (workload.Runtimes.All(r => r.Source is null))
        {
            at.Report(KitTestDiagnostics.NothingToRun.At(id.Span, id.Value));
        }
        else if (variant is not null && !names.Contains(variant.Value, StringComparer.Ordinal))
        {
            at.Report(KitTestDiagnostics.UnknownVariant.At(variant.Span, variant.Value, id.Value, Listed.Names(names)));
        }
        else if (variant is null && names.Length > 0 && !names.Contains("default", StringComparer.Ordinal))
        {
            at.Report(KitTestDiagnostics.NoDefaultVariant.At(id.Span, id.Value, Listed.Names(names)));
        }

        return test with { Process = kit.StartProcess(workload), Variant = variant?.Value, Cell = OtherCell(kit, workload, variant?.Value) };
    }

    /// <summary>Null where the Kit starts that variant anyway.</summary>
    private static CellPlan? OtherCell(KitTree kit, Workload workload, string? variant)
    {
        var wanted = variant is null ? null : workload.Variants.FirstOrDefault(v => v.Id.Value == variant);
        return wanted?.Runtime.Source is { } source && wanted.Runtime != kit.RuntimeOf(workload)
            ? WorkloadCell.Build(kit with { Variants = new Dictionary<string, string>(kit.Variants) { [workload.Id.Value] = wanted.Id.Value } }, workload, source)
            : null;
    }

    private static TestCase Command(TestCase test, FieldReader at)
    {
        if (at.RequiredAny("command")?.Value is not SequenceNode)
        {
            return at.Has("command") && ManifestText.Line(at, at.String("command")) is { } line ? test with { Shell = line.Value } : test;
        }

        var words = at.Strings("command") ?? [];
        if (words.Count == 0 || words[0].Value.Length == 0)
        {
            at.Report(KitTestDiagnostics.EmptyCommand.At(at.KeySpan("command")!.Value));
        }

        return words.All(w => ManifestText.IsPrintable(at, w)) ? test with { Argv = [.. words.Select(w => w.Value)] } : test;
    }
}
