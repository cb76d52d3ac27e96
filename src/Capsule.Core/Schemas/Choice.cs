namespace Capsule.Core.Schemas;

/// <summary>A value of an enumeration.</summary>
/// <param name="Value">As it is written.</param>
/// <param name="Description">What it means; null where the value says it.</param>
public sealed record Choice(string Value, string? Description = null);
