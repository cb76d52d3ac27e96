namespace Capsule.Core.Schemas;

/// <summary>An integer between two bounds, both included.</summary>
public sealed record IntegerShape(long Least = long.MinValue, long Greatest = long.MaxValue) : ValueShape;
