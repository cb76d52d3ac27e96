namespace Capsule.Core.Schemas;

/// <summary>A map with fields of its own; other keys are refused.</summary>
/// <param name="Name">Its name among the definitions of a schema, for example <c>workload</c>.</param>
/// <param name="Description">What it is; shown where the field that holds it says nothing.</param>
/// <param name="Fields">In the order in which they are listed to people.</param>
public sealed record TableShape(string Name, string Description, IReadOnlyList<FieldShape> Fields) : ValueShape
{
    /// <summary>What one field demands of the others.</summary>
    public IReadOnlyList<TableRule> Rules { get; init; } = [];

    /// <summary>For tables that mix fields of their own with keys that the author chooses.</summary>
    public MapShape? Others { get; init; }

    public FieldShape? Find(string key) => Fields.FirstOrDefault(f => f.Key == key);

    /// <summary>The keys that may be written.</summary>
    public IEnumerable<string> Keys => Fields.Where(f => f.Instead is null).Select(f => f.Key);

    /// <summary>The choices of an enumeration.</summary>
    public IEnumerable<string> Choices(string key) => Find(key)?.Value is TextShape { Choices.Count: > 0 } text
        ? text.Values
        : throw new InvalidOperationException($"{Name}.{key} is declared without choices.");

    /// <summary>True when there are manifests in which this field must not be missing.</summary>
    internal bool MayDemand(string key) =>
        Find(key) is { Required: true } || Rules.Any(r => r.Requires.Contains(key) || r.RequiresOneOf.Contains(key));
}
