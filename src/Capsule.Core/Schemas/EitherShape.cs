namespace Capsule.Core.Schemas;

/// <summary>A map that is one table where a key is there, and another where it is not.</summary>
/// <param name="Key">The key that decides.</param>
/// <param name="With">The table that has it.</param>
/// <param name="Without">The other one.</param>
public sealed record EitherShape(string Key, TableShape With, TableShape Without) : ValueShape;
