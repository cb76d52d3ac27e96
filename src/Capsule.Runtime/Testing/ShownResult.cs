using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Runtime.Testing;

/// <summary>What became of a case, as a report may show it: everything that the package said goes through its mask.</summary>
internal static class ShownResult
{
    public static CaseResult Of(CaseResult result, Func<string, string> masked) => result with
    {
        Diagnostics = [.. result.Diagnostics.Select(d => d with { Message = masked(d.Message), Hint = masked(d.Hint) })],
        Verbose = [.. result.Verbose.Select(v => v with { Value = Of(v.Value, masked) })],
        Output = [.. result.Output.Select(masked)],
        Access = result.Access is { } access ? access with { Path = masked(access.Path) } : null,
    };

    private static JsonNode? Of(JsonNode? value, Func<string, string> masked)
    {
        var text = value?.ToJsonString();
        if (text is null || masked(text) is not { } shown || shown == text)
        {
            return value;
        }

        try
        {
            return JsonNode.Parse(shown);
        }
        catch (JsonException)
        {
            // It was a number.
            return JsonValue.Create(shown);
        }
    }
}
