namespace Capsule.Core.Schemas;

/// <summary>A scalar of one of the JSON types <c>string</c>, <c>number</c>, <c>boolean</c>.</summary>
public sealed record ScalarShape(params string[] Types) : ValueShape
{
    public static ScalarShape Any { get; } = new("string", "number", "boolean");

    public static ScalarShape Text { get; } = new("string");

    public static ScalarShape Number { get; } = new("number");

    public static ScalarShape Boolean { get; } = new("boolean");
}
