using System.Globalization;
using Capsule.Core.Plans;
using Capsule.Families.Capsules.Services;

namespace Capsule.Families.Capsules.Plans;

/// <summary>
/// Services of a web target (specs: ato 1.5): one cell whose processes share a loopback of their own, each started when those it depends
/// on are ready. <c>main</c> stands behind the public address and alone is given PORT.
/// </summary>
internal static class ServicesPlan
{
    private const string Public = "http";
    private const string Probe = "probe";
    private const int ProbeSeconds = 30;

    public static LaunchPlan Add(LaunchPlan plan, CapsuleManifest manifest, TargetFiles files, string manifestPath)
    {
        var target = files.Target;
        var port = (int)target.Port!.Value;
        var label = target.Label.Value;
        var processes = new List<ProcessPlan>();
        foreach (var service in manifest.Services)
        {
            var id = Id(target, service);
            var start = Start(files, service);
            var network = ProgramNetwork.Of(manifest, target, port, id, manifestPath);
            var origin = CapsuleLaunchPlan.Origin(manifestPath, service.Name);
            if (start.Prepare is { } prepare)
            {
                processes.Add(PrepareStep.Of(prepare, $"{label}/{service.Name.Value}-prepare", start.Env, origin));
            }

            processes.Add(new ProcessPlan
            {
                Id = id,
                Stage = ProcessStage.Service,
                Toolchain = start.Toolchain,
                Argv = start.Argv,
                Cwd = AppFolder.Path(files.WorkingFolder),
                Env = Env(target, service, start),
                RequiredEnv = service.IsMain ? ProgramPlan.RequiredEnv(target) : [],
                Network = network,
                EgressGrant = ProgramNetwork.EgressGrant(manifest, id, manifestPath),
                Listen = Listen(target, service, port),
                Ready = Ready(target, service),
                DependsOn = [.. service.DependsOn.Select(d => d.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(d => $"{label}/{d}")],
                Origin = origin,
            });
        }

        var main = manifest.Services.Single(s => s.IsMain);
        return plan with
        {
            Cells = [new CellPlan { Id = label, Mounts = PrivateFolders.With(AppFolder.Mount), Processes = processes }],
            PublicPort = port,
            Public = [new PublicRoute { Prefix = "/", Process = Id(target, main), Listener = Public, Origin = CapsuleLaunchPlan.Origin(manifestPath, main.Name) }],
        };
    }

    private static string Id(CapsuleTarget target, CapsuleService service) => $"{target.Label.Value}/{service.Name.Value}";

    private static StartCommand Start(TargetFiles files, CapsuleService service)
    {
        var command = service.Command!.Value;
        string[] words = [.. ShellWords.Split(command)!];
        var tool = ServiceCommand.ToolOf(command);
        return tool switch
        {
            "deno" => DenoStart.Of(
                new ToolchainPlan(tool, files.Target.RuntimeVersion?.Value), AppFolder.Path(files.ScriptOf(words)), words[1..], own: true, files.DenoPackages, NetworkMode.Loopback),
            "python" => PythonStart.Of(Pinned(files.Target, tool), words[1..], files.PythonPackages),
            { } other => new StartCommand(words) { Toolchain = Pinned(files.Target, other) },
            null => new StartCommand(ServiceCommand.ProgramOf(command, files.WorkingFolder) is { } program ? [AppFolder.Path(program), .. words[1..]] : words),
        };
    }

    private static ToolchainPlan Pinned(CapsuleTarget target, string tool) => new(tool, target.Tools.First(t => t.Key.Value == tool).Value.Value);

    private static SortedDictionary<string, string> Env(CapsuleTarget target, CapsuleService service, StartCommand start)
    {
        var env = PrivateFolders.Env();
        var written = target.Env.Where(e => e.Key.Value != "PORT").Concat(service.Env).Select(e => KeyValuePair.Create(e.Key.Value, e.Value.Value));
        foreach (var (name, value) in start.Env.Concat(written))
        {
            env[name] = value;
        }

        if (service.IsMain)
        {
            env["PORT"] = target.Port!.Value.ToString(CultureInfo.InvariantCulture);
        }

        return env;
    }

    private static List<ListenPlan> Listen(CapsuleTarget target, CapsuleService service, int port)
    {
        var listen = new List<ListenPlan>();
        if (service.IsMain)
        {
            listen.Add(new ListenPlan { Name = Public, Port = port });
        }

        if (ServicePorts.OfProbe(target, service) is { } probed)
        {
            listen.Add(new ListenPlan { Name = Probe, Port = probed, Protocol = service.Probe!.HttpGet is null ? "tcp" : "http" });
        }

        return listen;
    }

    private static ReadyPlan Ready(CapsuleTarget target, CapsuleService service) => service switch
    {
        { Probe.HttpGet: { } path } => new ReadyPlan { Kind = ReadyKind.Http, Listener = Probe, Path = path.Value, TimeoutSeconds = ProbeSeconds },
        { Probe: not null } => new ReadyPlan { Kind = ReadyKind.Connect, Listener = Probe, TimeoutSeconds = ProbeSeconds },
        { IsMain: true } => new ReadyPlan { Kind = ReadyKind.Connect, Listener = Public, TimeoutSeconds = ProgramPlan.StartupTimeout(target) },
        _ => new ReadyPlan(),
    };
}
