namespace Capsule.Core.Plans;

/// <summary>The ways a folder can come into a cell.</summary>
public enum MountKind
{
    /// <summary>The package tree, or the part of it that <see cref="MountPlan.Source"/> names, read-only.</summary>
    Tree,

    /// <summary>A private writable copy of the part of the tree that <see cref="MountPlan.Source"/> names.</summary>
    Work,

    /// <summary>Kept between runs, per package and cell.</summary>
    State,

    /// <summary>Kept between runs, may vanish.</summary>
    Cache,

    /// <summary>Memory, gone when the cell stops.</summary>
    Tmp,

    /// <summary>A folder of the user's, bound by a grant.</summary>
    Host,

    /// <summary>Collected after the run.</summary>
    Output,
}

/// <summary>What a cell may do with a mount.</summary>
public enum MountAccess
{
    ReadOnly,
    ReadWrite,
}

/// <summary>One mount of a cell.</summary>
public sealed record MountPlan
{
    public required string Id { get; init; }

    public required MountKind Kind { get; init; }

    /// <summary>Whose tree, for tree and work mounts: the <see cref="DependencyPlan.Id"/> of a dependency; null for the package itself.</summary>
    public string? Dependency { get; init; }

    /// <summary>Folder inside the package tree, relative, empty for the root; only for tree and work mounts.</summary>
    public string? Source { get; init; }

    /// <summary>Absolute path inside the sandbox.</summary>
    public required string Target { get; init; }

    public MountAccess Access { get; init; } = MountAccess.ReadOnly;

    public bool Exec { get; init; }

    /// <summary>Bytes at most, for memory mounts.</summary>
    public long? Size { get; init; }

    /// <summary>For a folder of the user's: what it is for, in the author's words.</summary>
    public string? Usage { get; init; }

    public Permission? Permission { get; init; }
}
