using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Reading;
using Capsule.Families.Kits.Rules;

namespace Capsule.Families.Kits.TestFile;

/// <summary>What an mcp or http case calls: a public path, or an endpoint of a workload that need not be exposed.</summary>
internal static class CallTarget
{
    public static TestCase Read(TestCase test, FieldReader at, KitTree kit, IReadOnlyList<PublicRoute> routes)
    {
        var path = ManifestText.HttpPath(at, at.String("exposed_path"));
        var workload = at.String("workload");
        var endpoint = at.String("endpoint") is { } reference ? ExposeReader.Reference(at, reference) : null;
        if (at.Has("exposed_path") && (at.Has("workload") || at.Has("endpoint")))
        {
            at.Report(KitTestDiagnostics.TwoTargets.At(at.KeySpan(at.Has("workload") ? "workload" : "endpoint")!.Value));
        }
        else if (!at.Has("exposed_path") && !at.Has("workload") && !at.Has("endpoint"))
        {
            at.Report(KitTestDiagnostics.NoTarget.At(at.Place));
        }
        else if (!at.Has("exposed_path"))
        {
            at.RequiredAny("workload");
            at.RequiredAny("endpoint");
        }

        at.RefuseUnknown();
        return path is not null ? Public(test, at, path, routes) : workload is not null ? Internal(test, at, workload, endpoint, kit) : test;
    }

    private static TestCase Public(TestCase test, FieldReader at, Field<string> path, IReadOnlyList<PublicRoute> routes)
    {
        if (routes.FirstOrDefault(r => r.Prefix == path.Value) is { } route)
        {
            Protocol(test, at, path, route.Protocol);
        }
        else
        {
            at.Report(KitTestDiagnostics.UnknownPublicPath.At(path.Span, path.Value, Listed.Names(routes.Select(r => r.Prefix).Order(StringComparer.Ordinal))));
        }

        return test with { PublicPath = path.Value };
    }

    private static TestCase Internal(TestCase test, FieldReader at, Field<string> workload, Field<string>? reference, KitTree kit)
    {
        if (kit.Manifest.FindWorkload(workload.Value) is not { } target)
        {
            at.Report(KitTestDiagnostics.UnknownWorkload.At(workload.Span, workload.Value, Listed.Names(kit.Manifest.Workloads.Select(w => w.Id.Value))));
            return test;
        }

        var called = test with { Process = ReachableEndpoint.Of(kit, target).FirstOrDefault()?.Process ?? kit.StartProcess(target) };
        if (reference is null)
        {
            return called;
        }

        if (target.EndpointsAreKnown && ExposedEndpointIsDeclared.Check(reference, target) is { } problem)
        {
            at.Report(problem);
            return called;
        }

        var endpoint = ReachableEndpoint.Find(kit, target, reference.Value);
        if (endpoint is not null)
        {
            Protocol(test, at, reference, endpoint.Known.Protocol);
        }

        return endpoint is null
            ? called with { Endpoint = "/" + reference.Value.TrimStart('/') }
            : called with { Process = endpoint.Process, Endpoint = endpoint.Path };
    }

    /// <summary>mcp cases need mcp; http cases may call whatever is plain HTTP.</summary>
    private static void Protocol(TestCase test, FieldReader at, Field<string> called, string protocol)
    {
        if (test.Kind == TestKind.Mcp != (protocol == "mcp"))
        {
            var kind = test.Kind == TestKind.Mcp ? "mcp" : "http";
            at.Report(KitTestDiagnostics.WrongProtocol.At(called.Span, kind, called.Value, protocol));
        }
    }
}
