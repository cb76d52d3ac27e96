using Capsule.Core.Plans;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>The sandbox of one workload: a private copy of its folder, its stages, and what it may reach.</summary>
internal static class WorkloadCell
{
    public const string Listener = "ingress";
    private const string App = "/app";

    public static string StartProcess(Workload workload) => $"{workload.Id.Value}/start";

    public static CellPlan Build(KitManifest kit, Workload workload, SourceRuntime source, IReadOnlyDictionary<string, string> options)
    {
        var processes = new List<ProcessPlan>();
        if (source.Prepare is { } prepare)
        {
            processes.Add(Stage(kit, workload, source, prepare, ProcessStage.Prepare, NetworkMode.Full, options));
        }

        if (source.Hydrate is { } hydrate)
        {
            processes.Add(Stage(kit, workload, source, hydrate, ProcessStage.Hydrate, NetworkMode.Full, options) with { Bridge = WorkloadEnvironment.Bridge, Secrets = Secrets(kit, workload) });
        }

        processes.Add(Start(kit, workload, Stage(kit, workload, source, source.Start, ProcessStage.Start, NetworkMode.None, options)));
        return new CellPlan { Id = workload.Id.Value, Mounts = WorkloadMounts.Build(kit, workload), Processes = processes };
    }

    private static ProcessPlan Start(KitManifest kit, Workload workload, ProcessPlan stage) => stage with
    {
        Bridge = WorkloadEnvironment.Bridge,
        Listen = [new ListenPlan { Name = Listener, Path = WorkloadEnvironment.Ingress }],
        Peers =
        [
            .. from connection in workload.Connections
               let peer = kit.FindWorkload(connection.Value)!
               from endpoint in WorkloadEnvironment.Endpoints(peer)
               select new PeerPlan(
                   WorkloadRelays.TargetOf(peer, endpoint.Path),
                   endpoint.Path,
                   endpoint.Protocol,
                   WorkloadRelays.SocketOf(peer, endpoint.Path),
                   KitPermission.For(kit, $"peer:{workload.Id.Value}/{peer.Id.Value}{endpoint.Path}", connection, $"connections: [{peer.Id.Value}]"),
                   $"workloads: {{{peer.Id.Value}: {{endpoints: [{{endpoint}}]}}}}")
               {
                   TimeoutMilliseconds = endpoint.TimeoutMilliseconds,
               },
        ],
        Secrets = Secrets(kit, workload),

        // Whoever is called is there first. An import or a Relay is no process of this Kit's.
        DependsOn = [.. workload.Connections.Select(c => kit.FindWorkload(c.Value)!).Where(peer => peer.DefaultRuntime?.Source is not null).Select(StartProcess)],

        // A workload without endpoints of its own has nobody to answer, and may never listen (specs: kits 3.7).
        Ready = !WorkloadRelays.Own(workload).Any()
            ? new ReadyPlan { Kind = ReadyKind.Started }
            : new ReadyPlan { Kind = ReadyKind.Connect, Listener = Listener, TimeoutSeconds = 120 },
        Stop = new StopPlan("TERM", 5),
    };

    /// <summary>For every stage that has a bridge; what one of them keeps in the workload's folders the other reads anyway.</summary>
    private static IReadOnlyList<SecretPlan> Secrets(KitManifest kit, Workload workload) =>
    [
        .. workload.ExposedSecrets.Select(s => new SecretPlan(
            s.Value,
            SecretDelivery.Bridge,
            KitPermission.For(kit, $"secret:{workload.Id.Value}/{s.Value}", s, $"exposed_secrets: [{s.Value}]"))),
    ];

    private static ProcessPlan Stage(
        KitManifest kit, Workload workload, SourceRuntime source, KitCommand command, ProcessStage stage, NetworkMode network, IReadOnlyDictionary<string, string> options)
    {
        var name = stage.ToString().ToLowerInvariant();
        return new ProcessPlan
        {
            Id = $"{workload.Id.Value}/{name}",
            Stage = stage,
            Toolchain = new ToolchainPlan(stage is ProcessStage.Prepare ? source.PrepareToolchain : source.Toolchain.Value),
            Shell = command.Command.Value,
            Cwd = App,
            Env = WorkloadEnvironment.Build(kit, workload, stage, Variables(command, options)),
            Network = CommandNetwork.Build(kit, $"network:{workload.Id.Value}/{name}", command, network),
            Origin = KitPermission.Origin(kit, command.Path, command.Span),
        };
    }

    private static SortedDictionary<string, string> Variables(KitCommand command, IReadOnlyDictionary<string, string> options)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in command.Env)
        {
            variables[name.Value] = value.Value;
        }

        foreach (var (name, option) in command.EnvFromOptions)
        {
            if (options.TryGetValue(option.Value, out var value))
            {
                variables[name.Value] = value;
            }
        }

        return variables;
    }
}
