using Capsule.Core.Plans;

namespace Capsule.Runtime.Supervision;

/// <summary>
/// The kept folders of one cell of a package, held by one run at a time: a second run at the same time gets folders of its
/// own, for under root they belong to the cell's user.
/// </summary>
internal sealed class StateSlot : IDisposable
{
    private const int MostAtOnce = 1000;
    private readonly FileLock _lock;
    private readonly string _state;
    private readonly string _cache;

    private StateSlot(FileLock taken, string state, string cache) => (_lock, _state, _cache) = (taken, state, cache);

    public static StateSlot Take(CapsuleHome home, PackageReference package, string cell)
    {
        var name = FolderOf(package);
        var state = Path.Combine(home.State, name, SafeName.Of(cell));
        CapsuleHome.MakePrivate(Path.GetDirectoryName(state)!);
        CapsuleHome.MakePrivate(state);
        for (var number = 1; number <= MostAtOnce; number++)
        {
            if (FileLock.TryTake(LockOf(home, name, SafeName.Of(cell), $"{number}")) is { } taken)
            {
                return new StateSlot(taken, Path.Combine(state, $"{number}"), Path.Combine(CacheRoot(home), name, SafeName.Of(cell), $"{number}"));
            }
        }

        throw new IOException("the package already runs a thousand times");
    }

    /// <summary>The folder of a package among those of others.</summary>
    public static string FolderOf(PackageReference package) => SafeName.Of($"{package.Scope ?? "local"}-{package.Name}");

    /// <summary>Caches of packages, beside what capsule itself keeps there.</summary>
    public static string CacheRoot(CapsuleHome home) => Path.Combine(home.Cache, "packages");

    /// <summary>Held while a run has the slot's folders.</summary>
    public static string LockOf(CapsuleHome home, string package, string cell, string slot) => Path.Combine(home.State, package, cell, $"{slot}.lock");

    /// <summary>Beside the caches of the mounts, under a name that no mount's folder has.</summary>
    public string PreparedFolder => Path.Combine(_cache, ".prepared");

    public string Folder(MountPlan mount) =>
        Directory.CreateDirectory(Path.Combine(mount.Kind is MountKind.Cache ? _cache : _state, SafeName.Of(mount.Id))).FullName;

    public void Dispose() => _lock.Dispose();
}
