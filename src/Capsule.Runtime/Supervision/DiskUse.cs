using Capsule.Runtime.Network;

namespace Capsule.Runtime.Supervision;

/// <summary>What a part of <see cref="CapsuleHome"/> takes on the disk.</summary>
/// <param name="Kind">The folder below the home: store, toolchains, sources, runs, logs, state or cache.</param>
/// <param name="Path">Absolute.</param>
/// <param name="Bytes">Blocks on the disk.</param>
/// <param name="Files">Everything that is no folder.</param>
public sealed record DiskUse(string Kind, string Path, long Bytes, long Files)
{
    /// <summary>For state and cache of one workload: the package's folder, the workload, and the slot of a run at the same time.</summary>
    public (string Package, string Workload, string Slot)? Owner { get; init; }

    /// <summary>Whether a run holds it now.</summary>
    public bool InUse { get; init; }
}

/// <summary>Measures what is kept. Workloads have filled some of it: nothing is followed, and what cannot be read counts as nothing.</summary>
public static class DiskUseReport
{
    private const int Deepest = 256;

    /// <summary>Each kind, in the order of what is safe to miss least.</summary>
    public static IReadOnlyList<DiskUse> Kinds(CapsuleHome home, CancellationToken cancel) =>
        [.. new[] { home.Store, home.Toolchains, home.Sources, home.State, home.Cache, home.Runs, home.Logs }.Select(folder => Measure(System.IO.Path.GetFileName(folder), folder, cancel))];

    /// <summary>State and cache of each workload.</summary>
    public static IReadOnlyList<DiskUse> Workloads(CapsuleHome home, CancellationToken cancel) =>
    [
        .. from root in new[] { (Kind: "state", Path: home.State), (Kind: "cache", Path: StateSlot.CacheRoot(home)) }
           from package in Below(root.Path)
           from workload in Below(package)
           from slot in Below(workload)
           let name = (Package: System.IO.Path.GetFileName(package), Workload: System.IO.Path.GetFileName(workload), Slot: System.IO.Path.GetFileName(slot))
           select Measure(root.Kind, slot, cancel) with { Owner = name, InUse = FileLock.IsHeld(StateSlot.LockOf(home, name.Package, name.Workload, name.Slot)) },
    ];

    private static IEnumerable<string> Below(string folder) => Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal) : [];

    private static DiskUse Measure(string kind, string path, CancellationToken cancel)
    {
        using var folder = HeldFolder.Open(path);
        var (bytes, files) = Count(folder, 0, cancel);
        return new DiskUse(kind, path, bytes, files);
    }

    private static (long Bytes, long Files) Count(HeldFolder folder, int depth, CancellationToken cancel)
    {
        var (bytes, files) = (0L, 0L);
        try
        {
            foreach (var name in folder.Names())
            {
                cancel.ThrowIfCancellationRequested();
                bytes += folder.DiskBytes(name);
                using var below = folder.KindOf(name) == EntryKind.Folder && depth < Deepest ? folder.OpenFolder(name) : null;
                var inner = below is null ? (Bytes: 0L, Files: folder.KindOf(name) == EntryKind.Folder ? 0L : 1L) : Count(below, depth + 1, cancel);
                (bytes, files) = (bytes + inner.Bytes, files + inner.Files);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A run has just ended, or a workload forbade its folder.
        }

        return (bytes, files);
    }
}
