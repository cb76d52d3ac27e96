using Capsule.Core.Plans;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Supervision;

/// <summary>What workloads of a package leave between runs, and its removal. A slot that a run holds is left alone.</summary>
public static class KeptFolders
{
    /// <summary>Removes caches and kept preparations, which are made again, and with them, where that is wanted, what workloads kept.</summary>
    /// <param name="home">Where they lie.</param>
    /// <param name="package">Whose.</param>
    /// <param name="state">True for what workloads kept, too: nothing makes that again.</param>
    /// <param name="cancel">Ends it between two folders.</param>
    /// <returns>What each was; <see cref="DiskUse.InUse"/> marks those that are still there.</returns>
    public static IReadOnlyList<DiskUse> Remove(CapsuleHome home, PackageReference package, bool state, CancellationToken cancel)
    {
        var name = StateSlot.FolderOf(package);
        var found = DiskUseReport.Workloads(home, cancel).Where(u => u.Owner?.Package == name && (state || u.Kind == "cache")).ToArray();
        var done = new List<DiskUse>();
        foreach (var use in found)
        {
            cancel.ThrowIfCancellationRequested();
            var (_, workload, slot) = use.Owner!.Value;
            Directory.CreateDirectory(Path.Combine(home.State, name, workload));
            using var held = FileLock.TryTake(StateSlot.LockOf(home, name, workload, slot));
            if (held is not null)
            {
                ReadOnlyTree.Remove(use.Path);
            }

            done.Add(use with { InUse = held is null });
        }

        return done;
    }
}
