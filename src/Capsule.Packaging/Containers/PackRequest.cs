using Capsule.Core.Identity;
using Capsule.Core.Plans;
using Capsule.Packaging.Archives;

namespace Capsule.Packaging.Containers;

/// <summary>What goes into a container, and where that is written.</summary>
/// <param name="Plan">Which files; exactly these are the tree.</param>
/// <param name="ProjectDirectory">Absolute folder that the plan's sources are relative to.</param>
/// <param name="Output">The container to write; replaced when it exists.</param>
public sealed record PackRequest(PackPlan Plan, string ProjectDirectory, string Output)
{
    /// <summary>Makes the SBOM, the provenance and so on from the finished tree; nothing by default.</summary>
    public Func<TreeDocument, IReadOnlyList<PackageAttachment>> Attachments { get; init; } = _ => [];

    /// <summary>The one time in all headers: SOURCE_DATE_EPOCH, else 1970.</summary>
    public DateTimeOffset Time { get; init; } = DateTimeOffset.UnixEpoch;

    public ArchiveLimits Limits { get; init; } = ArchiveLimits.Default;
}
