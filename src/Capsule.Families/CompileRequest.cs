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

    /// <summary>Values for the manifest's options.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Files outside the default selection: package path to absolute file (the project's CapsuleFile items).</summary>
    public IReadOnlyDictionary<string, string> ExtraFiles { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Absolute folders into which the project is built; nothing below them is packed.</summary>
    public IReadOnlyList<string> OutputFolders { get; init; } = [];
}
