namespace Capsule.Families.Packing;

/// <summary>Which folder to select from, and what a family or an author adds to the default rules.</summary>
public sealed record SelectionRequest
{
    /// <summary>Absolute path of the project folder.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>When not empty, only what these cover is selected.</summary>
    public IReadOnlyList<Glob> Only { get; init; } = [];

    /// <summary>
    /// Brings back what the default rules leave out. A left-out folder is entered only when a pattern names it, and key
    /// material comes back only by a pattern whose last segment names it.
    /// </summary>
    public IReadOnlyList<Glob> Include { get; init; } = [];

    /// <summary>Left out besides the default rules.</summary>
    public IReadOnlyList<Glob> Exclude { get; init; } = [];

    /// <summary>Absolute folders into which the project is built, left out like any output. One that holds the project folder itself says nothing.</summary>
    public IReadOnlyList<string> OutputFolders { get; init; } = [];

    /// <summary>Files put in on purpose: package path to absolute file. They replace a selected file of the same path.</summary>
    public IReadOnlyDictionary<string, string> ExtraFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>Package paths that the manifest starts.</summary>
    public IReadOnlySet<string> Executables { get; init; } = new HashSet<string>();

    /// <summary>More files than this is a mistake (a dependency folder, a data set), and is refused.</summary>
    public int MaxFiles { get; init; } = 100_000;
}
