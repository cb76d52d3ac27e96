using System.Text.Json.Nodes;

namespace Capsule.Core.Schemas;

/// <summary>A field of a table.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Value">What may stand there.</param>
/// <param name="Description">What it is for, in a sentence or two; editors show it.</param>
public sealed record FieldShape(string Key, ValueShape Value, string Description)
{
    public bool Required { get; init; }

    /// <summary>What counts when the field is absent.</summary>
    public JsonValue? Default { get; init; }

    /// <summary>For a key that older manifests have and that is refused: what to write now.</summary>
    public string? Instead { get; init; }

    /// <summary>A key that is refused, with what to write now.</summary>
    public static FieldShape Removed(string key, string instead) =>
        new(key, AnyShape.Value, $"No longer part of the manifest. Write {instead}.") { Instead = instead };
}
