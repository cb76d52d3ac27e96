namespace Capsule.Packaging.Containers;

/// <summary>The forms in which a package is read. All give the same tree, and so the same identity.</summary>
public enum PackageForm
{
    /// <summary>A container of ours.</summary>
    Container,

    /// <summary>A NuGet package with a container inside.</summary>
    Envelope,

    /// <summary>A folder with a tree document in <c>.capsule/tree</c>.</summary>
    Folder,

    /// <summary>An archive by others: tar, plain or in zstd or gzip, or zip.</summary>
    Archive,
}
