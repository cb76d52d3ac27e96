using Capsule.Core.Schemas;

namespace Capsule.Families.Capsules.Shapes;

/// <summary>The smaller tables of a <c>capsule.toml</c> (specs: ato 1.2).</summary>
internal static class DeclaredShapes
{
    public const string NotYet = "Part of the format, not supported by this version.";

    public const string NoEffect = "Only the reference tool reads it; it stays in the package as it is.";

    private static readonly ListShape Texts = new(TextShape.Any);

    public static TableShape Metadata { get; } = new("metadata", "What people read about the capsule.",
    [
        new("display_name", TextShape.Any, "Name as people read it."),
        new("description", TextShape.Any, "A sentence about the capsule; goes into the package."),
        new("author", TextShape.Any, "Who made it."),
        new("icon", TextShape.Any, "Picture, by path or address."),
        new("repository", TextShape.Any, "Address of the source code."),
        new("tags", Texts, "Words to find it by."),
    ]);

    public static TableShape Pack { get; } = new("pack", "Which files go into the package.",
    [
        new("include", new ListShape(CapsuleTexts.FilePattern), "File patterns; when there are any, only what they cover is packed."),
        new("exclude", new ListShape(CapsuleTexts.FilePattern), "File patterns that are taken away from what is packed."),
    ]);

    public static TableShape Network { get; } = new("network", "What the program may reach.",
    [
        new("egress_allow", new ListShape(EgressHost.Shape), "Hosts: a name, *.SUFFIX or a URL, with a port if it is neither 80 nor 443."),
        new("egress_id_allow", AnyShape.Value, NotYet),
        new("tsnet", AnyShape.Value, NotYet),
    ]);

    public static TableShape Isolation { get; } = new("isolation", "What the program may see of the user's machine.",
    [
        new("allow_env", new ListShape(CapsuleTexts.Variable), "Variables that the author expects from the user's environment."),
        new("sandbox", AnyShape.Value, NotYet),
        new("network", AnyShape.Value, NotYet),
    ]);

    public static TableShape Requirements { get; } = new("requirements", "What the program needs of the machine.",
    [
        new("platform", new ListShape(TextShape.OneOf("darwin-arm64", "darwin-x86_64", "linux-amd64", "linux-arm64")), "Systems that it runs on."),
        new("vram_min", CapsuleTexts.Memory, "Least graphics memory."),
        new("vram_recommended", CapsuleTexts.Memory, "Graphics memory that serves it well."),
        new("disk", CapsuleTexts.Memory, "Free disk space."),
        new("dependencies", Texts, "Other things that it needs."),
    ]);

    public static TableShape Capabilities { get; } = new("capabilities", "What a model can do.",
    [
        new("chat", ScalarShape.Boolean, "It holds conversations."),
        new("function_calling", ScalarShape.Boolean, "It calls functions."),
        new("vision", ScalarShape.Boolean, "It reads pictures."),
        new("context_length", new IntegerShape(0), "Tokens that fit into its context."),
    ]);

    public static TableShape Model { get; } = new("model", "The model of an inference capsule.",
    [
        new("source", TextShape.Any, "Where the model comes from."),
        new("quantization", TextShape.OneOf("fp16", "bf16", "8bit", "4bit"), "How its weights are stored."),
    ]);

    public static TableShape Build { get; } = new("build", "How the reference tool builds the capsule.",
    [
        new("exclude_libs", Texts, "Libraries that are left out."),
        new("gpu", ScalarShape.Boolean, "True when the build needs graphics hardware."),
        new("lifecycle", AnyShape.Value, NotYet),
        .. BuildKeysWithoutEffect.Select(key => new FieldShape(key, AnyShape.Value, NoEffect)),
    ]);

    public static TableShape Polymorphism { get; } = new("polymorphism", "Interfaces of the capsule.",
    [
        new("implements", Texts, "Names of the interfaces."),
    ]);

    public static IReadOnlyList<string> BuildKeysWithoutEffect => ["inputs", "outputs", "policy"];
}
