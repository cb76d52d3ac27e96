namespace Capsule.Core.Plans;

/// <summary>
/// What goes into a package, as what. Paths are relative to the project folder, with <c>/</c>, sorted by their UTF-8
/// bytes. Exactly these entries form the identity (design.md 5); the packer reads each file from the project folder.
/// </summary>
public sealed record PackPlan
{
    public string Schema { get; init; } = "capsule-pack-plan/1";

    public required PackageReference Package { get; init; }

    /// <summary>The manifest's path inside the package, for example <c>capability.yml</c>.</summary>
    public required string Manifest { get; init; }

    /// <summary>The container's extension, for example <c>.capakit</c>.</summary>
    public required string Extension { get; init; }

    public required IReadOnlyList<PackEntry> Entries { get; init; }

    /// <summary>
    /// Signatures that the family keeps inside its manifest: they lie outside the identity, so the manifest's entry is without them and they
    /// travel beside it. Null when there are none.
    /// </summary>
    public string? NativeSignatures { get; init; }

    /// <summary>SPDX licence expression from the manifest; null when it names none.</summary>
    public string? License { get; init; }

    public string? Description { get; init; }
}

/// <summary>One file or link of a package.</summary>
/// <param name="Path">Where it lies in the package.</param>
/// <param name="Source">The file it is read from, relative to the project folder; null for a link.</param>
/// <param name="Executable">True when the manifest starts it; scripts and programs are recognised by content besides.</param>
/// <param name="LinkTarget">The target of a symbolic link, as written; null for a file.</param>
public sealed record PackEntry(string Path, string? Source, bool Executable = false, string? LinkTarget = null)
{
    /// <summary>The content in UTF-8, where the package carries another form of the source than it has; null for the source as it is.</summary>
    public string? Text { get; init; }
}
