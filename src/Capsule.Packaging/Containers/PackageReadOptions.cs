using Capsule.Packaging.Archives;

namespace Capsule.Packaging.Containers;

/// <summary>How packages of others are read.</summary>
public sealed record PackageReadOptions
{
    public static readonly PackageReadOptions Default = new();

    public ArchiveLimits Limits { get; init; } = ArchiveLimits.Default;

    /// <summary>
    /// Recognises a manifest by its file name, for archives that are no container of ours; the families know. By
    /// default no such archive is accepted (CAP2121).
    /// </summary>
    public Func<string, bool> IsManifest { get; init; } = _ => false;

    /// <summary>False accepts an archive by others without a manifest, as it is: its only folder stays, and no manifest is known.</summary>
    public bool NeedsManifest { get; init; } = true;
}
