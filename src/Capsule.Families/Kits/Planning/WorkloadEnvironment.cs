using System.Text.Json.Nodes;
using Capsule.Core.Plans;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>
/// The variables that the contract between runner and workload demands (specs: kits 3.3), with paths as they are inside
/// the sandbox. Left to the runner: PATH, and <c>CAPAKIT_PRESENCE_ID</c>, which is new for every instance.
/// <c>CAPAKIT_WORKLOAD_HOST_PID</c> stays unset: host pids mean nothing in the cell.
/// </summary>
internal static class WorkloadEnvironment
{
    public const string Home = "/home/capsule";
    public const string Cache = "/var/cache/capsule";
    public const string Ingress = "/run/capsule/ingress/i.sock";
    public const string Bridge = "/run/capsule/bridge.sock";

    /// <summary>True for a variable that only the runner sets.</summary>
    public static bool IsReserved(string name) =>
        name is "container" or "CAPAKIT_PRESENCE_ID" or "CAPAKIT_CONNECTED_WORKLOADS" or "CAPAKIT_MOUNTS_JSON" or "CAPAKIT_GPU"
        || name.StartsWith("CAPAKIT_WORKLOAD_", StringComparison.Ordinal)
        || name.StartsWith("CAPAKIT_RUNNER_", StringComparison.Ordinal)
        || name.StartsWith("CAPAKIT_MOUNT_", StringComparison.Ordinal);

    /// <summary>The variable that holds a mount's path.</summary>
    public static string MountVariable(string mount) => "CAPAKIT_MOUNT_" + mount.ToUpperInvariant().Replace('-', '_');

    public static string MountPath(string mount) => $"/mnt/{mount}";

    /// <summary>Socket of the runner through which one workload reaches another.</summary>
    public static string PeerSocket(string workload) => $"/run/capsule/peers/{workload}.sock";

    public static SortedDictionary<string, string> Build(KitTree kit, Workload workload, ProcessStage stage, IReadOnlyDictionary<string, string> variables)
    {
        // The SDK watches its parent and stops when that is pid 1, unless it believes to be in a container (specs: kits 3.10).
        var env = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = Home, ["TMPDIR"] = "/tmp", ["XDG_CACHE_HOME"] = Cache };
        foreach (var (name, value) in variables)
        {
            env[name] = value;
        }

        env["container"] = "capsule";
        env["CAPAKIT_WORKLOAD_MID"] = workload.Id.Value;
        env["CAPAKIT_WORKLOAD_KEY"] = workload.Id.Value;
        env["CAPAKIT_WORKLOAD_INGRESS_BIND"] = "unix:" + Ingress;
        env["CAPAKIT_WORKLOAD_BRIDGE_BIND"] = "unix:" + Bridge;

        // The names that SDKs before 0.0.7 read.
        env["CAPAKIT_RUNNER_MANAGED_INGRESS_BIND"] = "unix:" + Ingress;
        env["CAPAKIT_RUNNER_BRIDGE_BIND"] = "unix:" + Bridge;
        if (workload.Connections.Count > 0)
        {
            env["CAPAKIT_CONNECTED_WORKLOADS"] = Connections(kit, workload);
        }

        // A prepare command sees no folder of the user's (specs: kits 3.12).
        if (workload.Mounts.Count > 0 && stage is not ProcessStage.Prepare)
        {
            env["CAPAKIT_MOUNTS_JSON"] = Mounts(kit, workload);
            foreach (var grant in workload.Mounts)
            {
                env[MountVariable(grant.Mount.Value)] = MountPath(grant.Mount.Value);
            }
        }

        return env;
    }

    // Both names of each id: SDKs until 0.0.10 read "Mid", later ones "Key" (specs: kits 3.4).
    private static string Connections(KitTree kit, Workload workload)
    {
        var list = new JsonArray();
        foreach (var peer in workload.Connections.Select(c => kit.Manifest.FindWorkload(c.Value)!))
        {
            foreach (var endpoint in ReachableEndpoint.Of(kit, peer).Select(e => e.Known))
            {
                list.Add(new JsonObject
                {
                    ["workloadMid"] = peer.Id.Value,
                    ["workloadKey"] = peer.Id.Value,
                    ["endpoint"] = endpoint.Path,
                    ["protocol"] = endpoint.Protocol,
                    ["bind"] = "unix:" + WorkloadRelays.SocketOf(kit, peer, endpoint.Path),
                });
            }
        }

        return list.ToJsonString();
    }

    private static string Mounts(KitTree kit, Workload workload)
    {
        var mounts = new JsonObject();
        foreach (var grant in workload.Mounts)
        {
            var id = grant.Mount.Value;
            mounts[id] = new JsonObject
            {
                ["mid"] = id,
                ["key"] = id,
                ["path"] = MountPath(id),
                ["access"] = kit.Access(grant) == MountAccess.ReadWrite ? "read_write" : "read_only",
            };
        }

        return mounts.ToJsonString();
    }
}
