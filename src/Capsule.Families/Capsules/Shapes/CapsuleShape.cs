using System.Text.Json.Nodes;
using Capsule.Core.Schemas;

namespace Capsule.Families.Capsules.Shapes;

/// <summary>A <c>capsule.toml</c> of schema 0.2 (specs: ato 1.2).</summary>
internal static class CapsuleShape
{
    /// <summary>Tables of the reference that ask for something which this version cannot give.</summary>
    public static readonly string[] TablesNotYet =
    [
        "state", "state_owner_scope", "service_binding_scope", "storage", "routing", "ipc", "transparency", "pool",
        "sandbox", "artifact", "finalize",
    ];

    /// <summary>Tables that only the reference tool acts on; leaving them out of account changes nothing for the program.</summary>
    public static readonly string[] TablesWithoutEffect = ["store", "engine", "language", "runtime", "distribution"];

    public static TableShape Manifest { get; } = new("capsule", "A capsule: an app or a tool with its targets.",
    [
        new("schema_version", TextShape.OneOf(new Choice("0.2", "The form described here."), new Choice("1", "The same, as packed by the reference tool.")), "Form of this file.") { Default = JsonValue.Create("0.2") },
        new("name", CapsuleTexts.Name, "Name of the capsule. With its publisher it names the package.") { Required = true },
        new("version", CapsuleTexts.Version, "Version of the package. Without it, the project or --version gives one."),
        new("type", TextShape.OneOf(
            new Choice("app", "An app for people."), new Choice("tool", "A tool for people or programs."),
            new Choice("inference", "A model; needs [capabilities] and [model].")), "What the capsule is.") { Required = true },
        new("default_target", TextShape.Any, "Label of the target that starts when none is named.") { Required = true },
        new("repository", TextShape.Any, "Address of the source code."),
        new("metadata", DeclaredShapes.Metadata, "What people read about the capsule."),
        new("targets", TargetShape.Targets, "One table per target, and defaults for all of them.") { Required = true },
        new("services", new MapShape(CapsuleTexts.TargetLabel, ServiceShape.Service), "Processes of a web target of Deno, in one sandbox."),
        new("pack", DeclaredShapes.Pack, "Which files go into the package."),
        new("network", DeclaredShapes.Network, "What the program may reach."),
        new("isolation", DeclaredShapes.Isolation, "What the program may see of the user's machine."),
        new("requirements", DeclaredShapes.Requirements, "What the program needs of the machine."),
        new("capabilities", DeclaredShapes.Capabilities, "What a model can do."),
        new("model", DeclaredShapes.Model, "The model of an inference capsule."),
        new("build", DeclaredShapes.Build, "How the reference tool builds the capsule."),
        new("polymorphism", DeclaredShapes.Polymorphism, "Interfaces of the capsule."),
        .. TablesNotYet.Select(key => new FieldShape(key, AnyShape.Value, DeclaredShapes.NotYet)),
        .. TablesWithoutEffect.Select(key => new FieldShape(key, AnyShape.Value, DeclaredShapes.NoEffect)),
        FieldShape.Removed("execution", "a table [targets.LABEL] with runtime, driver and entrypoint, and name that label in default_target"),
    ])
    {
        Rules = [TableRule.With("type", "inference") with { Requires = ["capabilities", "model"] }],
    };
}
