namespace Capsule.Core.Schemas;

/// <summary>A map whose keys the author chooses.</summary>
/// <param name="Key">What keys look like.</param>
/// <param name="Value">What stands under each.</param>
public sealed record MapShape(TextShape Key, ValueShape Value) : ValueShape
{
    public int? Least { get; init; }

    public int? Greatest { get; init; }
}
