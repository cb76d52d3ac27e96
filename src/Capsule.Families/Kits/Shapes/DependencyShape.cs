using Capsule.Core.Schemas;

namespace Capsule.Families.Kits.Shapes;

/// <summary>Another Kit that this one imports paths of (specs: kits 1.8).</summary>
internal static class DependencyShape
{
    public static TableShape FromOption { get; } = new("option_binding", "The value of an option of this Kit.",
    [
        new("from_option", TextShape.Any, "Id of an option of this Kit.") { Required = true },
    ]);

    public static TableShape Dependency { get; } = new("dependency", "Another Kit.",
    [
        new("source", Source, "Where the other Kit is: a folder, or a git repository.") { Required = true },
        new("options", new MapShape(KitTexts.Id, new UnionShape(ScalarShape.Any, FromOption)), "Values for options of the other Kit: a value, or `from_option`."),
        new("mount_bindings", new MapShape(KitTexts.Id, TextShape.Any), "The other Kit's mounts, each with a mount of this one."),
        new("secret_bindings", new MapShape(KitTexts.Id, TextShape.Any), "The other Kit's secrets, each with a secret of this one."),
    ]);

    private static TableShape Source => new("dependency_source", "A folder, or a git repository.",
    [
        new("path", KitTexts.Argument, "Folder of the other Kit, relative to this file."),
        new("git", KitTexts.Argument, "Address of a git repository."),
        new("ref", KitTexts.Argument, "Branch, tag or commit."),
        FieldShape.Removed("package", "git, for example git: https://…"),
    ])
    {
        Rules =
        [
            new() { RequiresOneOf = ["path", "git"] },
            TableRule.With("path") with { Forbids = ["git", "ref"] },
        ],
    };
}
