using Capsule.Core.Plans;

namespace Capsule.Families;

/// <summary>What a family needs to compile a manifest.</summary>
public sealed record CompileRequest
{
    /// <summary>Absolute path of the manifest.</summary>
    public required string ManifestPath { get; init; }

    /// <summary>Absolute path of the folder that the package's paths are relative to.</summary>
    public string ProjectDirectory
    {
        get => field ?? Path.GetDirectoryName(ManifestPath)!;
        init;
    }

    /// <summary>The publisher of the package, where one is known.</summary>
    public string? Publisher { get; init; }

    /// <summary>Used when the manifest states no version.</summary>
    public string? Version { get; init; }

    /// <summary>Which target of the manifest; null for its default.</summary>
    public string? Target { get; init; }

    /// <summary>Values for the manifest's options; a dependency's as <c>dependency.option</c>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The variant of each workload that is not to have its default; a dependency's as <c>dependency.workload</c>.</summary>
    public IReadOnlyDictionary<string, string> Variants { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the repositories lie that the manifest, or what it depends on, takes packages from.</summary>
    public IReadOnlyDictionary<GitSource, string> Fetched { get; init; } = new Dictionary<GitSource, string>();

    /// <summary>True for an installed package: nothing outside of its own tree belongs to it.</summary>
    public bool Installed { get; init; }

    /// <summary>Absolute path of that tree, where its manifest lies deeper in it; the package's own folder otherwise.</summary>
    public string? Tree { get; init; }

    /// <summary>Files outside the default selection: package path to absolute file (the project's CapsuleFile items).</summary>
    public IReadOnlyDictionary<string, string> ExtraFiles { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Absolute folders into which the project is built; nothing below them is packed.</summary>
    public IReadOnlyList<string> OutputFolders { get; init; } = [];
}
