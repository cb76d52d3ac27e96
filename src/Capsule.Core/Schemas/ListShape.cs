namespace Capsule.Core.Schemas;

/// <summary>A list of values of one shape.</summary>
public sealed record ListShape(ValueShape Item) : ValueShape
{
    public int? Least { get; init; }

    public int? Greatest { get; init; }

    /// <summary>True when no value may stand in it twice.</summary>
    public bool IsSet { get; init; }
}
