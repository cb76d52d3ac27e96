using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Reading;
using Capsule.Families.Kits.Rules;

namespace Capsule.Families.Kits.TestFile;

/// <summary>
/// Reads <c>stubs</c>, which upstream does not have (specs: kits 10.6): dependencies and workloads that are answered for while the cases
/// run. Paths are as callers write them: the endpoint, then the rest.
/// </summary>
internal static class StubReader
{
    public static IReadOnlyList<StubPlan> Read(FieldReader root, KitTree kit)
    {
        var stubs = new List<StubPlan>();
        foreach (var (id, stub) in (root.Mappings("stubs") ?? []).Select(s => (s.Key, s.Value)))
        {
            var answers = stub.RequiredItems("answers") ?? [];
            stub.RefuseUnknown();
            if (Find(root, kit, id) is { } target)
            {
                stubs.Add(new StubPlan { Id = id.Value, Cells = target.Cells, Answers = [.. answers.Select(a => Answer(a, id.Value, target.Endpoints)).OfType<StubAnswer>()] });
            }
            else
            {
                answers.ToList().ForEach(a => Answer(a, id.Value, null));
            }
        }

        return stubs;
    }

    /// <summary>A dependency wins over a workload of its name, which usually imports it.</summary>
    private static (IReadOnlyList<string> Cells, IReadOnlyList<ReachableEndpoint>? Endpoints)? Find(FieldReader at, KitTree kit, Field<string> id)
    {
        if (kit.Manifest.Dependencies.Any(d => d.Id.Value == id.Value))
        {
            return kit.Children.TryGetValue(id.Value, out var child)
                ? ([.. child.All.SelectMany(k => k.Manifest.Workloads.Select(k.Cell))], [.. ReachableEndpoint.Exposed(child)])
                : ([], null);
        }

        if (kit.Manifest.FindWorkload(id.Value) is not { } workload)
        {
            at.Report(KitTestDiagnostics.UnknownStub.At(
                id.Span, id.Value, Listed.Names(kit.Manifest.Dependencies.Select(d => d.Id.Value)), Listed.Names(kit.Manifest.Workloads.Select(w => w.Id.Value))));
            return null;
        }

        if (workload.Import is { } import)
        {
            at.Report(KitTestDiagnostics.StubOfImport.At(id.Span, id.Value, import.Dependency.Value));
            return null;
        }

        return ([kit.Cell(workload)], ReachableEndpoint.Of(kit, workload));
    }

    private static StubAnswer? Answer(FieldReader at, string stub, IReadOnlyList<ReachableEndpoint>? endpoints)
    {
        var path = ManifestText.HttpPath(at, at.RequiredString("path"));
        var method = at.DeclaredChoice("method")?.Value;
        var tool = ManifestText.Line(at, at.String("tool"));
        var status = at.DeclaredInteger("status");
        var json = at.Any("json");
        var text = at.String("text");
        var type = ManifestText.Line(at, at.String("content_type"));
        at.RefuseUnknown();
        if (json is not null && text is not null)
        {
            at.Report(KitTestDiagnostics.TwoBodies.At(at.KeySpan("text")!.Value));
        }

        if (path is null || endpoints is null)
        {
            return null;
        }

        var found = endpoints.Where(e => IsBelow(path.Value, e.Known.Path)).MaxBy(e => e.Known.Path.Length);
        if (found is null)
        {
            at.Report(KitTestDiagnostics.NotAnswered.At(path.Span, path.Value, stub, Listed.Names(endpoints.Select(e => e.Known.Path).Distinct().Order(StringComparer.Ordinal))));
            return null;
        }

        if (tool is not null && found.Known.Protocol != "mcp")
        {
            at.Report(KitTestDiagnostics.ToolNeedsMcp.At(tool.Span, found.Known.Path, found.Known.Protocol));
        }

        return new StubAnswer
        {
            Process = found.Process,
            Path = found.Path.TrimEnd('/') + path.Value[found.Known.Path.TrimEnd('/').Length..],
            Method = method,
            Tool = tool?.Value,
            Status = (int)(status?.Value ?? 200),
            Json = json is null ? null : Json(at, json.Value),
            Text = text?.Value,
            ContentType = type?.Value,
            Span = path.Span,
        };
    }

    private static string Json(FieldReader at, Node value)
    {
        if (NodeJson.Convert(value, out var json) is { } wrong)
        {
            at.Report(KitTestDiagnostics.NotJson.At(wrong.Span, wrong.Raw));
        }

        return json?.ToJsonString() ?? "null";
    }

    private static bool IsBelow(string path, string endpoint) =>
        endpoint == "/" || path == endpoint || path.StartsWith(endpoint + "/", StringComparison.Ordinal);
}
