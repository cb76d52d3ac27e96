using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Kits.Reading;
using Capsule.Families.Kits.Shapes;

namespace Capsule.Families.Kits.TestFile;

/// <summary>Reads the request of an mcp or http case.</summary>
internal static class RequestCase
{
    public static TestCase Read(TestCase test, FieldReader at)
    {
        at = at.As(test.Kind == TestKind.Mcp ? KitTestShape.McpRequest : KitTestShape.HttpRequest);
        var read = test.Kind == TestKind.Mcp ? Mcp(test, at) : Http(test, at);
        at.RefuseUnknown();
        return read;
    }

    private static TestCase Mcp(TestCase test, FieldReader at)
    {
        var tool = ManifestText.RequiredLine(at, "tool");
        var inputs = at.Mapping("inputs");
        return test with { Tool = tool?.Value ?? "", Json = inputs is null ? "{}" : Json(at, inputs.Node) };
    }

    private static TestCase Http(TestCase test, FieldReader at)
    {
        var method = at.DeclaredChoice("method")?.Value ?? "POST";
        var path = ManifestText.RequestPath(at, at.RequiredString("path"));
        var hasBody = method is "POST" or "PUT" or "PATCH";
        var json = at.Any("json");
        if (json is not null && !hasBody)
        {
            at.Report(KitTestDiagnostics.BodyWithoutEffect.At(at.KeySpan("json")!.Value, method));
        }

        return test with { Method = method, Path = path?.Value ?? "/", Json = !hasBody ? null : json is null ? "{}" : Json(at, json.Value) };
    }

    private static string Json(FieldReader at, Node value)
    {
        if (NodeJson.Convert(value, out var json) is { } wrong)
        {
            at.Report(KitTestDiagnostics.NotJson.At(wrong.Span, wrong.Raw));
            return "{}";
        }

        return json?.ToJsonString() ?? "null";
    }
}
