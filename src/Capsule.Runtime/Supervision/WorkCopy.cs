namespace Capsule.Runtime.Supervision;

/// <summary>What came into a private copy.</summary>
/// <param name="Dropped">Paths in the tree that were left out, because they are unsafe links or can no longer be read.</param>
/// <param name="Files">Each copied file, by its path in the copy: where it was read from, relative to the tree.</param>
internal sealed record WorkCopy(IReadOnlyList<string> Dropped, IReadOnlyDictionary<string, string> Files);
