using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Runtime.Testing;

/// <summary>Text that may be JSON.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>False when the text is no JSON value, or one whose meaning depends on the reader.</summary>
    public static bool TryParse(string text, out JsonNode? value)
    {
        try
        {
            value = JsonNode.Parse(text, documentOptions: Strict);
            return true;
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }

    public static JsonNode? ValueOrText(string text) => TryParse(text, out var value) ? value : JsonValue.Create(text);
}
