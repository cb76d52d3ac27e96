namespace Capsule.Runtime.Shadows;

/// <summary>What may come back from a sandbox into a folder of the user's.</summary>
public sealed record WriteBackRules
{
    /// <summary>A workload that fills its copy must not fill the project as well.</summary>
    public long MostBytes { get; init; } = 1L << 30;

    public int MostFiles { get; init; } = 50_000;

    /// <summary>Entries that are looked at; a workload can make millions.</summary>
    public int MostEntries { get; init; } = 500_000;

    /// <summary>Folders within folders; deeper ones are left.</summary>
    public int MostDepth { get; init; } = 64;

    /// <summary>True for a file name that is a manifest of some family: a command must not grant itself more at the next start.</summary>
    public Func<string, bool> IsManifest { get; init; } = _ => false;
}
