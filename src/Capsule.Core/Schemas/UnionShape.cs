namespace Capsule.Core.Schemas;

/// <summary>A value of any one of several shapes.</summary>
public sealed record UnionShape(params ValueShape[] Alternatives) : ValueShape;
