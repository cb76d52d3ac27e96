namespace Capsule.Operations.Atoms.Caching;

/// <summary>What <c>cache purge</c> removes: exactly one of the three.</summary>
/// <param name="Id">A full reference.</param>
/// <param name="All">Everything.</param>
/// <param name="Lifecycle">All atoms of one.</param>
public sealed record CacheSelection(string? Id, bool All, string? Lifecycle)
{
    /// <summary>Says yes to the question before everything goes; null when nobody can be asked.</summary>
    public Func<string, bool>? Confirm { get; init; }

    /// <summary>--yes.</summary>
    public bool Yes { get; init; }
}
