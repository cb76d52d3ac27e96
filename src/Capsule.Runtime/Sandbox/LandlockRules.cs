using Capsule.Core.Plans;
using Capsule.Init.Wire;

namespace Capsule.Runtime.Sandbox;

/// <summary>The second wall around files: the same paths that the cell's mounts make, said once more to Landlock (specs: platform 2).</summary>
internal static class LandlockRules
{
    public static IEnumerable<(LandlockAccess Access, string Path)> For(CellRequest request)
    {
        // Programs list "/" on their way up; its files stay out of reach.
        yield return (LandlockAccess.ReadFolder, "/");
        yield return (LandlockAccess.Read | LandlockAccess.Execute, "/usr");
        foreach (var (path, _) in SystemFiles.UsrFolders().Where(f => f.Link is null))
        {
            yield return (LandlockAccess.Read | LandlockAccess.Execute, path);
        }

        yield return (LandlockAccess.Read, "/etc");
        yield return (LandlockAccess.Read, "/proc");
        yield return (LandlockAccess.Read | LandlockAccess.WriteFile | LandlockAccess.DeviceControl, "/dev");
        foreach (var node in request.Devices)
        {
            yield return (LandlockAccess.ReadFile | LandlockAccess.WriteFile | LandlockAccess.DeviceControl, RenderNodes.Inside(node));
        }

        foreach (var memory in new[] { CellDefaults.Tmp, CellDefaults.SharedMemory })
        {
            if (!request.Mounts.Any(m => m.Target == memory))
            {
                yield return (LandlockAccess.Write | LandlockAccess.Execute, memory);
            }
        }

        foreach (var mount in request.Mounts)
        {
            var access = mount.Access == MountAccess.ReadWrite ? LandlockAccess.Write : LandlockAccess.Read;
            yield return (mount.Exec ? access | LandlockAccess.Execute : access, mount.Target);
        }

        foreach (var file in request.Files.Keys)
        {
            yield return (LandlockAccess.ReadFile, file);
        }
    }
}
