using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms.Canonical;
using Capsule.Families.Atoms.Model;

namespace Capsule.Families.Atoms.Rules;

/// <summary>What validation says about one atom.</summary>
public sealed record AtomReport
{
    /// <summary>Absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>Null when the manifest is missing or no TOML.</summary>
    public AtomManifest? Manifest { get; init; }

    public required AtomFiles Files { get; init; }

    /// <summary>Null when the hash could not be computed.</summary>
    public HashVerdict? Hash { get; init; }

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<Diagnostic> Problems { get; init; }

    public bool IsValid => !Problems.Any(p => p.IsError);

    public string ManifestPath => Path.Combine(Folder, AtomNames.ManifestName);
}
