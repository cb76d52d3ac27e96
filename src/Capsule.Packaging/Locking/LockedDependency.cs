namespace Capsule.Packaging.Locking;

/// <summary>A package that another one needs, pinned by its tree.</summary>
/// <param name="Name">How the manifest calls it.</param>
/// <param name="Tree">Its identity, <c>capsule-tree/1:</c> and hex.</param>
public sealed record LockedDependency(string Name, string Tree)
{
    /// <summary>Address of a git repository; excludes <see cref="Version"/>.</summary>
    public string? Git { get; init; }

    /// <summary>The branch, tag or commit that the manifest names; null for the default branch.</summary>
    public string? Wanted { get; init; }

    /// <summary>Full commit, in hex; with <see cref="Git"/>.</summary>
    public string? Commit { get; init; }

    /// <summary>Folder in the repository; null for its root.</summary>
    public string? Folder { get; init; }

    /// <summary>Version of a published package; excludes <see cref="Git"/>.</summary>
    public string? Version { get; init; }
}
