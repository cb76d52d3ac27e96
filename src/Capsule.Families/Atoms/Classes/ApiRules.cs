using System.Text.RegularExpressions;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Classes;

/// <summary>OpenAPI, AsyncAPI and JSON-RPC documents.</summary>
internal static partial class ApiRules
{
    public static void OpenApi(ClassCheck check) => Version(check, "openapi", OpenApiVersion(), "3.0.3");

    public static void AsyncApi(ClassCheck check) => Version(check, "asyncapi", AsyncApiVersion(), "3.0.0");

    public static void JsonRpc(ClassCheck check)
    {
        if (check.Object() is not { } root)
        {
            return;
        }

        if (root.Find("openrpc") is { } openRpc)
        {
            check.Note(openRpc.KeySpan, "the asset is an OpenRPC document", "It is accepted; its own version stands in 'openrpc'.");
        }
        else if (root.Find("jsonrpc")?.Value is not ScalarNode { Value: "2.0" })
        {
            check.Report(root.Find("jsonrpc")?.Value.Span ?? root.Span, "the asset must have jsonrpc: \"2.0\" at its root", "Add it, in quotes.");
        }

        if (root.Find("methods")?.Value is not SequenceNode { Items: var methods } || !methods.Any(IsMethod))
        {
            check.Report(root.Find("methods")?.KeySpan ?? root.Span, "the asset must have at least one method with 'name', 'params' and 'result'", "List it under 'methods'.");
        }
    }

    private static bool IsMethod(Node item) =>
        item is MappingNode map && map.Find("name")?.Value is ScalarNode { Value: string { Length: > 0 } } && map.Find("params") is not null && map.Find("result") is not null;

    private static void Version(ClassCheck check, string key, Regex form, string example)
    {
        if (check.Object() is { } root && !(root.Find(key)?.Value is ScalarNode { Value: string version } && form.IsMatch(version)))
        {
            check.Report(root.Find(key)?.Value.Span ?? root.Span, $"the asset's root must have '{key}' with a version such as {example}", $"Write {key}: \"{example}\".");
        }
    }

    [GeneratedRegex(@"\A3\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?\z")]
    private static partial Regex OpenApiVersion();

    [GeneratedRegex(@"\A[23]\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?\z")]
    private static partial Regex AsyncApiVersion();
}
