using Capsule.Core.Schemas;

namespace Capsule.Families.Capsules.Shapes;

/// <summary>What names, versions and amounts of a capsule look like. Without look-around: the editors' TOML reader has none.</summary>
internal static class CapsuleTexts
{
    public const string NamePattern = "[a-z0-9]+(?:-[a-z0-9]+)*";

    public const string LabelPattern = "[A-Za-z0-9][A-Za-z0-9_-]*";

    public const string VariablePattern = "[A-Za-z_][A-Za-z0-9_]*";

    public const string DigestPattern = "sha256:[0-9a-f]{64}";

    public const string RuntimeVersionPattern = @"[0-9]{1,9}(?:\.[0-9]{1,9}){0,2}";

    public const int ShortestName = 3;

    public const int LongestName = 64;

    public const int LongestLabel = 64;

    private const string Number = "(?:0|[1-9][0-9]{0,9})";

    private const string Label = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";

    public static TextShape Name { get; } = TextShape.Whole(NamePattern, "my-app") with { LeastLength = ShortestName, GreatestLength = LongestName };

    /// <summary>The numbers must also fit into 32 bits.</summary>
    public static TextShape Version { get; } = TextShape.Whole($@"{Number}\.{Number}\.{Number}(?:-{Label}(?:\.{Label})*)?", "1.0.0", "1.2.0-beta.1");

    public static TextShape TargetLabel { get; } = TextShape.Whole(LabelPattern) with { GreatestLength = LongestLabel };

    public static TextShape Variable { get; } = TextShape.Whole(VariablePattern);

    public static TextShape Digest { get; } = TextShape.Whole(DigestPattern);

    public static TextShape RuntimeVersion { get; } = TextShape.Whole(RuntimeVersionPattern, "22.11.0", "3.11");

    public static TextShape Memory { get; } = TextShape.Whole(@"\s*(?:[0-9]+\.?[0-9]*|\.[0-9]+)\s*(?:[KkMmGgTt][Bb]?|[Bb])\s*", "512MB", "1.5GB");

    /// <summary>What a file pattern cannot be: empty, or with <c>.</c>, <c>..</c> or nothing between two slashes; only the plainest cases.</summary>
    public static TextShape FilePattern { get; } = new() { Pattern = "[^/]", Examples = ["dist/**", "*.html"] };
}
