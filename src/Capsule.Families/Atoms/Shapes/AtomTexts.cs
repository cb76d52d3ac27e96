using Capsule.Core.Schemas;

namespace Capsule.Families.Atoms.Shapes;

/// <summary>What names, times and references of atoms look like. Without look-around: the editors' TOML reader has none.</summary>
internal static class AtomTexts
{
    private const string WordPattern = "[a-z0-9]+(?:-[a-z0-9]+)*";

    private const string Identifier = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";

    private const string VersionPattern =
        $@"(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)(?:-{Identifier}(?:\.{Identifier})*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?";

    private const string IdPattern = $"{WordPattern}/{WordPattern}/[a-z0-9]+(?:[._-][a-z0-9]+)*";

    public static TextShape Word { get; } = TextShape.Whole(WordPattern, "design-spec");

    public static TextShape Id { get; } = TextShape.Whole(IdPattern, "acme-atoms/design-spec/greeting");

    public static TextShape Version { get; } = TextShape.Whole(VersionPattern, "1.0.0", "1.0.0-draft");

    /// <summary>Empty counts as absent.</summary>
    public static TextShape Reference { get; } = TextShape.Whole($"(?:{IdPattern}@{VersionPattern})?", "schema-atoms/design-spec/atom-spec@1.1.0");

    /// <summary>RFC 3339. TOML's own times arrive as the same text.</summary>
    public static TextShape Time { get; } = TextShape.Whole(
        @"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})", "2026-05-24T00:00:00Z");

    /// <summary>Empty: not computed yet.</summary>
    public static TextShape Hash { get; } = TextShape.Whole("(?:(?:sha256:)?[0-9A-Fa-f]{64})?");

    public static TextShape Fingerprint { get; } = TextShape.Whole("[0-9a-f]{64}");

    public static TextShape Filled { get; } = new() { LeastLength = 1 };

    /// <summary>A bare name that begins with no dot.</summary>
    public static TextShape Asset { get; } = TextShape.Whole(@"[^./\\][^/\\]*", "spec.md");

    public static TextShape Algorithm { get; } = TextShape.Whole("[Mm][Ll]-[Dd][Ss][Aa]-(?:44|65|87)", "ML-DSA-65");
}
