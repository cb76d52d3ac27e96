namespace Capsule.Core.Schemas;

/// <summary>Any value; what it must be is said elsewhere, for example by a rule of its table, or nobody cares.</summary>
public sealed record AnyShape : ValueShape
{
    public static AnyShape Value { get; } = new();
}
