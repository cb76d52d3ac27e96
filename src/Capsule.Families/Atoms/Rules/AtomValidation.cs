namespace Capsule.Families.Atoms.Rules;

/// <summary>How atoms are validated.</summary>
public sealed record AtomValidation
{
    public static AtomValidation Default { get; } = new();

    /// <summary>Warnings and notices become errors, and a hash by the single-asset rule does not fit.</summary>
    public bool Strict { get; init; }

    /// <summary>Finds atoms that are not in the catalog (the cache, other catalogs); the default knows none.</summary>
    public Func<AtomReference, bool> IsKnownElsewhere { get; init; } = _ => false;
}
