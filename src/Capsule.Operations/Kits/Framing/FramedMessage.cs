using System.Text.Json.Nodes;

namespace Capsule.Operations.Kits.Framing;

/// <summary>A request or an answer that came in frames (specs: kits 3.11).</summary>
/// <param name="Pseudo"><c>method, path, scheme, authority</c> of a request, <c>status</c> of an answer.</param>
/// <param name="Headers">By name, each with its values.</param>
/// <param name="Body">All of it: nothing streams.</param>
internal sealed record FramedMessage(JsonObject Pseudo, IReadOnlyList<KeyValuePair<string, string[]>> Headers, byte[] Body)
{
    public string? Text(string pseudo) => Pseudo[pseudo] switch
    {
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value => value.ToJsonString(),
        _ => null,
    };
}
