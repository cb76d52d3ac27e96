using Capsule.Core.Text;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Reading;

/// <summary>Reads an entry of <c>expose</c> (specs: kits 1.5).</summary>
internal static class ExposeReader
{
    public static ExposeEntry? Read(FieldReader at)
    {
        var path = ManifestText.HttpPath(at, at.RequiredString("path"));
        var target = at.RequiredString("target");
        var listed = at.RequiredStrings("endpoints");
        if (listed is { Count: 0 })
        {
            at.Report(KitDiagnostics.NoEndpointsExposed.At(at.KeySpan("endpoints")!.Value, at.Path.Key("endpoints").Text));
        }

        var endpoints = (listed ?? []).Select(e => Reference(at, e)).OfType<Field<string>>().ToArray();
        var defaultMcp = at.Boolean("default_mcp");
        at.RefuseUnknown();
        return path is null || target is null || endpoints.Length == 0
            ? null
            : new ExposeEntry { Path = path, Target = target, Endpoints = endpoints, DefaultMcp = defaultMcp };
    }

    /// <summary>A protocol name or a path; null, with a problem, for anything else.</summary>
    internal static Field<string>? Reference(FieldReader at, Field<string> reference)
    {
        if (Endpoint.Protocols.Contains(reference.Value))
        {
            return reference;
        }

        if (reference.Value.StartsWith('/'))
        {
            return ManifestText.HttpPath(at, reference);
        }

        at.Report(KitDiagnostics.EndpointReference.At(reference.Span, reference.Value));
        return null;
    }
}
