namespace Capsule.Core.Schemas;

/// <summary>
/// What the fields of one table demand of each other. Readers check these rules in code, with their own messages; this is
/// what a schema can say of them.
/// </summary>
public sealed record TableRule
{
    /// <summary>Applies where each of these fields is there with one of the values; no values: whatever its value. Empty: always.</summary>
    public IReadOnlyList<(string Key, IReadOnlyList<string> Values)> When { get; init; } = [];

    /// <summary>Applies only where this field is absent.</summary>
    public string? WhenAbsent { get; init; }

    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>At least one of these.</summary>
    public IReadOnlyList<string> RequiresOneOf { get; init; } = [];

    public IReadOnlyList<string> Forbids { get; init; } = [];

    /// <summary>Fields that must have a narrower shape.</summary>
    public IReadOnlyList<(string Key, ValueShape Shape)> Fits { get; init; } = [];

    /// <summary>What the author's own entries of the table must keep.</summary>
    public TableRule? Others { get; init; }

    public static TableRule With(string key, params IReadOnlyList<string> values) => new() { When = [(key, values)] };

    public static TableRule Without(string key) => new() { WhenAbsent = key };
}
