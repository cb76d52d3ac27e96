using Capsule.Core.Plans;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>The sandbox of one workload: a private copy of its folder, its stages, and what it may reach.</summary>
internal static class WorkloadCell
{
    public const string Listener = "ingress";
    private const string App = "/app";

    public static CellPlan Build(KitTree kit, Workload workload, SourceRuntime source)
    {
        var processes = new List<ProcessPlan>();
        if (source.Prepare is { } prepare)
        {
            processes.Add(Stage(kit, workload, source, prepare, ProcessStage.Prepare, NetworkMode.Full));
        }

        if (source.Hydrate is { } hydrate)
        {
            processes.Add(Stage(kit, workload, source, hydrate, ProcessStage.Hydrate, NetworkMode.Full) with { Bridge = WorkloadEnvironment.Bridge, Secrets = Secrets(kit, workload) });
        }

        processes.Add(Start(kit, workload, Stage(kit, workload, source, source.Start, ProcessStage.Start, NetworkMode.None)));
        return new CellPlan { Id = kit.Cell(workload), Mounts = WorkloadMounts.Build(kit, workload), Processes = processes };
    }

    private static ProcessPlan Start(KitTree kit, Workload workload, ProcessPlan stage) => stage with
    {
        Bridge = WorkloadEnvironment.Bridge,
        Listen = [new ListenPlan { Name = Listener, Path = WorkloadEnvironment.Ingress }],
        Peers =
        [
            .. from connection in workload.Connections
               let peer = kit.Manifest.FindWorkload(connection.Value)!
               from endpoint in ReachableEndpoint.Of(kit, peer)
               select new PeerPlan(
                   endpoint.Process,
                   endpoint.Known.Path,
                   endpoint.Known.Protocol,
                   WorkloadRelays.SocketOf(kit, peer, endpoint.Known.Path),
                   KitPermission.For(kit, $"peer:{kit.Cell(workload)}/{peer.Id.Value}{endpoint.Known.Path}", connection, $"connections: [{peer.Id.Value}]"),
                   $"workloads: {{{peer.Id.Value}: {{endpoints: [{{endpoint}}]}}}}")
               {
                   Path = endpoint.Path == endpoint.Known.Path ? null : endpoint.Path,
                   TimeoutMilliseconds = endpoint.Known.TimeoutMilliseconds,
               },
        ],
        Secrets = Secrets(kit, workload),

        // Whoever is called is there first. A Relay is no process.
        DependsOn =
        [
            .. workload.Connections.Select(c => kit.Manifest.FindWorkload(c.Value)!).SelectMany(peer => Processes(kit, peer)).Distinct(),
        ],

        // A workload without endpoints of its own has nobody to answer, and may never listen (specs: kits 3.7).
        Ready = !WorkloadRelays.Own(kit, workload).Any()
            ? new ReadyPlan { Kind = ReadyKind.Started }
            : new ReadyPlan { Kind = ReadyKind.Connect, Listener = Listener, TimeoutSeconds = 120 },
        Stop = new StopPlan("TERM", 5),
    };

    /// <summary>For every stage that has a bridge; what one of them keeps in the workload's folders the other reads anyway.</summary>
    private static IReadOnlyList<SecretPlan> Secrets(KitTree kit, Workload workload) =>
    [
        .. workload.ExposedSecrets.Select(s => new SecretPlan(
            kit.Secret(s.Value),
            SecretDelivery.Bridge,
            KitPermission.For(kit, $"secret:{kit.Cell(workload)}/{s.Value}", s, $"exposed_secrets: [{s.Value}]")) { Name = kit.Secret(s.Value) == s.Value ? null : s.Value }),
    ];

    /// <summary>What runs behind a workload: its own process, or that of the other Kit that an import leads to.</summary>
    private static IEnumerable<string> Processes(KitTree kit, Workload peer) =>
        peer.Import is { } import ? kit.Children.ContainsKey(import.Dependency.Value) ? ReachableEndpoint.Of(kit, peer).Where(e => !e.IsRelay).Select(e => e.Process) : []
        : kit.RuntimeOf(peer)?.Source is not null ? [kit.StartProcess(peer)]
        : [];

    private static ProcessPlan Stage(
        KitTree kit, Workload workload, SourceRuntime source, KitCommand command, ProcessStage stage, NetworkMode byDefault)
    {
        var name = stage.ToString().ToLowerInvariant();
        var network = $"network:{kit.Cell(workload)}/{name}";
        var reach = CommandNetwork.Build(kit, workload, network, command, byDefault);
        return new ProcessPlan
        {
            Id = $"{kit.Cell(workload)}/{name}",
            Stage = stage,
            Toolchain = new ToolchainPlan(stage is ProcessStage.Prepare ? source.PrepareToolchain : source.Toolchain.Value),
            Shell = command.Command.Value,
            Cwd = App,
            Env = WorkloadEnvironment.Build(kit, workload, stage, Variables(command, kit.Options)),
            Network = reach,
            EgressGrant = CommandNetwork.OneMore(kit, workload, network, command, reach),
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
