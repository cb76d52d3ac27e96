namespace Capsule.Operations.Atoms.Caching;

/// <summary>Where a reference was found.</summary>
public enum ResolutionSource
{
    /// <summary>Nowhere: it does not exist, or nobody could be asked.</summary>
    None,

    /// <summary>In this catalog, or in a checkout of another that the settings name.</summary>
    Local,

    Cache,

    Network,
}

/// <summary>The answer to one reference.</summary>
/// <param name="Source">Where.</param>
/// <param name="Folder">The atom's folder; null when it was found and could not be kept, or was not found.</param>
/// <param name="Lifecycle">Null when it was not found.</param>
public sealed record Resolution(ResolutionSource Source, string? Folder, string? Lifecycle)
{
    public static Resolution NotFound { get; } = new(ResolutionSource.None, null, null);

    public bool IsFound => Source != ResolutionSource.None;
}
