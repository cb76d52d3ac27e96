using System.Globalization;
using Capsule.Core.Plans;

namespace Capsule.Families.Capsules.Plans;

/// <summary>
/// A target that is a program: one cell with the tree read-only at <c>/app</c>. With a port it is a server behind the public
/// address, on loopback of its own; without one it is a task that runs to its end.
/// </summary>
internal static class ProgramPlan
{
    private const string Listener = "http";
    private const int StartupSeconds = 60;

    public static LaunchPlan Add(LaunchPlan plan, CapsuleManifest manifest, TargetFiles files, string manifestPath)
    {
        var target = files.Target;
        var port = ProgramNetwork.Port(target);
        var id = $"{target.Label.Value}/{(port is null ? "task" : "service")}";
        var network = ProgramNetwork.Of(manifest, target, port, id, manifestPath);
        var start = StartCommand.Of(files, network.Mode);
        var process = new ProcessPlan
        {
            Id = id,
            Stage = port is null ? ProcessStage.Task : ProcessStage.Service,
            Toolchain = start.Toolchain,
            Argv = start.Argv,
            Cwd = AppFolder.Path(files.WorkingFolder),
            Env = Env(target, start, port),
            RequiredEnv = RequiredEnv(target),
            Network = network,
            EgressGrant = ProgramNetwork.EgressGrant(manifest, id, manifestPath),
            Listen = port is { } number ? [new ListenPlan { Name = Listener, Port = number }] : [],
            Ready = port is null ? new ReadyPlan() : Ready(target),
            Origin = CapsuleLaunchPlan.Origin(manifestPath, target.Label),
        };
        var cell = new CellPlan
        {
            Id = target.Label.Value,
            Mounts = PrivateFolders.With(AppFolder.Mount),
            Processes = start.Prepare is { } prepare ? [PrepareStep.Of(prepare, $"{target.Label.Value}/prepare", start.Env, process.Origin), process] : [process],
        };
        return plan with
        {
            Cells = [cell],
            Requires = start.Requires,
            PublicPort = port,
            Public = port is null
                ? []
                : [new PublicRoute { Prefix = "/", Process = id, Listener = Listener, Origin = process.Origin }],
        };
    }

    public static IReadOnlyList<string> RequiredEnv(CapsuleTarget target) =>
        [.. target.RequiredEnv.Select(n => n.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Seconds until a server must answer.</summary>
    public static int StartupTimeout(CapsuleTarget target) => (int)(target.StartupTimeout?.Value ?? StartupSeconds);

    private static SortedDictionary<string, string> Env(CapsuleTarget target, StartCommand start, int? port)
    {
        var env = PrivateFolders.Env();
        foreach (var (name, value) in start.Env)
        {
            env[name] = value;
        }

        foreach (var variable in target.Env)
        {
            env[variable.Key.Value] = variable.Value.Value;
        }

        if (port is { } number)
        {
            env["PORT"] = number.ToString(CultureInfo.InvariantCulture);
        }

        return env;
    }

    private static ReadyPlan Ready(CapsuleTarget target)
    {
        var seconds = StartupTimeout(target);
        return target.HealthCheck is { } check
            ? new ReadyPlan { Kind = ReadyKind.Http, Listener = Listener, Path = check.Value, TimeoutSeconds = seconds }
            : new ReadyPlan { Kind = ReadyKind.Connect, Listener = Listener, TimeoutSeconds = seconds };
    }
}
