using Capsule.Core.Plans;

namespace Capsule.Families.Capsules.Plans;

/// <summary>The process that prepares a cell before its start; it reaches the network only when it must fetch.</summary>
internal static class PrepareStep
{
    public static ProcessPlan Of(PrepareCommand command, string id, IReadOnlyDictionary<string, string> driver, Origin origin)
    {
        var env = PrivateFolders.Env();
        foreach (var (name, value) in driver)
        {
            env[name] = value;
        }

        return new ProcessPlan
        {
            Id = id,
            Stage = ProcessStage.Prepare,
            Toolchain = command.Toolchain,
            Argv = command.Argv,
            Cwd = AppFolder.Path(""),
            Env = env,
            Network = command.Fetches
                ? new NetworkPlan { Mode = NetworkMode.Full, Permission = new Permission($"network:{id}", origin, "a lock that names packages to fetch") }
                : new NetworkPlan(),
            Origin = origin,
        };
    }
}
