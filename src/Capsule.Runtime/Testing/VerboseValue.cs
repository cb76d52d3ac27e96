using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Runtime.Testing;

/// <summary>A part of an answer that the case wants shown.</summary>
/// <param name="Path">As written in the test file.</param>
/// <param name="Value">What was there; null for JSON null.</param>
public sealed record VerboseValue(string Path, JsonNode? Value)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For example <c>$.body.words = 9</c>.</summary>
    public override string ToString() => $"{Path} = {Value?.ToJsonString(Readable) ?? "null"}";
}
