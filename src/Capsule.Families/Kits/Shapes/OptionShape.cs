using System.Text.Json.Nodes;
using Capsule.Core.Schemas;

namespace Capsule.Families.Kits.Shapes;

/// <summary>An option (specs: kits 1.6).</summary>
internal static class OptionShape
{
    public static TableShape Option { get; } = new("option", "A typed input of the Kit.",
    [
        new("kind", TextShape.OneOf(
            new Choice("string", "Any text."), new Choice("number", "A finite number."), new Choice("boolean", "true or false."),
            new Choice("enum", "One of `enum_values`."), new Choice("path", "A path.")), "What values it takes.") { Required = true },
        new("default", AnyShape.Value, "The value when none is given; it must be of the kind."),
        new("required", new ScalarShape("boolean"), "True when a run without a value is refused.") { Default = JsonValue.Create(false) },
        new("enum_values", new ListShape(TextShape.Any) { Least = 1, IsSet = true }, "The values of an enum."),
        new("description", TextShape.Any, "What the option is for; shown to users."),
    ])
    {
        Rules =
        [
            TableRule.With("kind", "enum") with { Requires = ["enum_values"] },
            TableRule.With("kind", "string", "number", "boolean", "path") with { Forbids = ["enum_values"] },
            TableRule.With("kind", "number") with { Fits = [("default", ScalarShape.Number)] },
            TableRule.With("kind", "boolean") with { Fits = [("default", ScalarShape.Boolean)] },
            TableRule.With("kind", "string", "enum", "path") with { Fits = [("default", ScalarShape.Text)] },
        ],
    };
}
