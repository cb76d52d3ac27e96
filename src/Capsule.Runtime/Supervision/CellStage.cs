using System.Net;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Shadows;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Supervision;

/// <summary>
/// One cell of a run on this machine: its private copies and kept folders, from which each stage gets a fresh sandbox.
/// </summary>
internal sealed class CellStage : IDisposable
{
    private const string ToolchainRoot = "/opt/capsule/tc";
    private const string LinkFolder = "bin";

    private readonly RunRequest _request;
    private readonly RunFolder _folder;
    private readonly GrantedFolders _granted;
    private readonly StateSlot _slot;
    private readonly Dictionary<string, string> _copies = new(StringComparer.Ordinal);
    private readonly List<Shadow> _shadows = [];

    private CellStage(RunRequest request, RunFolder folder, GrantedFolders granted, CellPlan plan, StateSlot slot, IReadOnlyDictionary<string, Toolchain> toolchains) =>
        (_request, _folder, _granted, Plan, _slot, Toolchains) = (request, folder, granted, plan, slot, toolchains);

    public CellPlan Plan { get; }

    /// <summary>The addresses that granted hosts have inside.</summary>
    public IReadOnlyDictionary<string, IPAddress> Hosts => field ??= LoopbackHosts.Of(Plan);

    /// <summary>The processes that run in it now.</summary>
    public CellNeighbours Neighbours { get; } = new();

    /// <summary>By the name a process asks for.</summary>
    public IReadOnlyDictionary<string, Toolchain> Toolchains { get; }

    /// <summary>Makes the copies. Throws <see cref="RefusedException"/>.</summary>
    public static CellStage Create(
        RunRequest request, RunFolder folder, GrantedFolders granted, CellPlan plan, IReadOnlyDictionary<string, Toolchain> toolchains, RunLog log)
    {
        try
        {
            var stage = new CellStage(request, folder, granted, plan, StateSlot.Take(request.Home, request.Plan.Package, plan.Id), toolchains);
            stage.CopyAll(log);
            return stage;
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new RefusedException(SupervisionDiagnostics.TreeIncomplete.Now(plan.Id, missing.Message));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(SupervisionDiagnostics.NotCopied.Now(plan.Id, problem.Message));
        }
    }

    /// <summary>The sandbox for one stage.</summary>
    /// <param name="processes">The processes that will run in it.</param>
    /// <param name="more">Mounts of this stage alone: sockets.</param>
    public CellRequest Request(IReadOnlyList<ProcessPlan> processes, IEnumerable<CellMount> more)
    {
        var hostNetwork = processes.Any(p => p.Network.Mode is NetworkMode.Host);

        // In every cell: a command with a way out may run later beside a service without one.
        var files = new Dictionary<string, byte[]>(hostNetwork ? CellNames.OfTheMachine() : CellNames.Files(Hosts));
        if (EgressEnvironment.FindBundle() is { } bundle)
        {
            files[EgressEnvironment.BundleInside] = File.ReadAllBytes(bundle);
        }

        return new CellRequest
        {
            Name = $"{_request.Plan.Package.Name}/{Plan.Id}",
            Mounts = [.. MountsFor(processes).Select(Mount), .. ToolchainMounts(processes), .. more],
            Files = files,
            Links = ToolchainLinks(processes),
            Gpu = _request.Grants.Gpu && processes.Any(p => p.Stage is not (ProcessStage.Prepare or ProcessStage.Hydrate)),
            Requires = processes.Any(p => p.Stage is ProcessStage.Prepare or ProcessStage.Hydrate) ? _request.Plan.Requires with { Gpu = null } : _request.Plan.Requires,
            HostNetwork = hostNetwork,
            Limits = processes.Count == 0 ? new LimitsPlan() : CellLimits.Of([.. processes.Select(p => p.Limits)]),
        };
    }

    /// <summary>The folder of a toolchain's program inside the cell, for PATH.</summary>
    public string? ToolchainPath(ProcessPlan process) => process.Toolchain is { } wanted
        ? $"{ToolchainRoot}/{wanted.Name}/{(OfTheSystem(wanted.Name) ? LinkFolder : Toolchains[wanted.Name].ProgramFolder)}".TrimEnd('/')
        : null;

    /// <summary>What the toolchain itself wants in the environment.</summary>
    public IReadOnlyDictionary<string, string> ToolchainVariables(ProcessPlan process) => SystemToolchains.Variables(process.Toolchain is { } wanted ? Toolchains[wanted.Name] : null);

    /// <summary>The private copies of the package's folders, on this machine, by their mounts.</summary>
    public IReadOnlyDictionary<string, string> Copies => _copies;

    /// <summary>Where the result of its preparation is kept.</summary>
    public string PreparedFolder => _slot.PreparedFolder;

    /// <summary>The folder on this machine that is kept for a place inside the cell; null when nothing is.</summary>
    public string? KeptFolder(string inside) => Plan.Mounts.FirstOrDefault(m => m.Kind is MountKind.State && m.Target == inside) is { } kept ? _slot.Folder(kept) : null;

    /// <summary>The copies whose changes may go back into the project; none without <see cref="RunRequest.WriteBack"/>.</summary>
    public IReadOnlyList<Shadow> Shadows => _shadows;

    /// <summary>What the declared outputs hold goes to the folders that the user named. Nothing may run in the cell any more.</summary>
    public IEnumerable<CollectedOutput> CollectOutputs(CancellationToken cancel) =>
        from mount in Plan.Mounts
        where mount.Kind is MountKind.Output
        select OutputCollection.Collect(mount.Id, OutputFolder(mount), _request.Outputs.GetValueOrDefault(mount.Id), _request.WriteBack ?? new WriteBackRules(), cancel);

    public void Dispose()
    {
        _shadows.ForEach(s => s.Dispose());
        _slot.Dispose();
    }

    private string OutputFolder(MountPlan mount) => _folder.Folder("cells", SafeName.Of(Plan.Id), "out-" + SafeName.Of(mount.Id));

    private bool OfTheSystem(string tool) => Toolchains[tool].Choice is ToolchainChoice.System;

    /// <summary>The chosen interpreter under its usual names; beside it there may be others of other versions.</summary>
    private Dictionary<string, string> ToolchainLinks(IReadOnlyList<ProcessPlan> processes) => new(
        from name in Names(processes)
        where OfTheSystem(name)
        from command in SystemToolchains.CommandsOf(Toolchains[name])
        select KeyValuePair.Create($"{ToolchainRoot}/{name}/{LinkFolder}/{command}", Path.Combine(Toolchains[name].Directory, Toolchains[name].Program)),
        StringComparer.Ordinal);

    private static IEnumerable<string> Names(IReadOnlyList<ProcessPlan> processes) => processes.Select(p => p.Toolchain?.Name).OfType<string>().Distinct();

    private IEnumerable<CellMount> ToolchainMounts(IReadOnlyList<ProcessPlan> processes) =>
        from name in Names(processes)
        where !OfTheSystem(name)
        select new CellMount(Toolchains[name].Directory, $"{ToolchainRoot}/{name}", MountAccess.ReadOnly);

    /// <summary>Without the user's folders for a prepare command: what it makes depends on the package alone (specs: kits 3.12).</summary>
    private IEnumerable<MountPlan> MountsFor(IReadOnlyList<ProcessPlan> processes) =>
        Plan.Mounts.Where(m => m.Kind is not MountKind.Host || processes.Any(p => p.Stage is not ProcessStage.Prepare));

    private CellMount Mount(MountPlan mount) => mount.Kind switch
    {
        MountKind.Tmp => new CellMount(null, mount.Target, mount.Access, mount.Exec, mount.Size),
        MountKind.Work or MountKind.Tree when _copies.TryGetValue(mount.Id, out var copy) => new CellMount(copy, mount.Target, mount.Access, mount.Exec, Owned: true),
        MountKind.Tree => new CellMount(Path.Combine(_request.TreeOf(mount).Directory, mount.Source ?? ""), mount.Target, MountAccess.ReadOnly, mount.Exec),
        MountKind.Host => new CellMount(_granted[mount.Id].Path, mount.Target, mount.Access, mount.Exec, Host: _granted[mount.Id]),
        MountKind.Output => new CellMount(OutputFolder(mount), mount.Target, mount.Access, mount.Exec, Owned: true),
        _ => new CellMount(_slot.Folder(mount), mount.Target, mount.Access, mount.Exec, Owned: true),
    };

    private void CopyAll(RunLog log)
    {
        // An installed tree holds the package and nothing else, and is read-only: it can be bound as it is.
        foreach (var mount in Plan.Mounts.Where(m => m.Kind is MountKind.Work || (m.Kind is MountKind.Tree && _request.TreeOf(m).Selection is not null)))
        {
            var copy = Path.Combine(_folder.Folder("cells", SafeName.Of(Plan.Id)), "copy-" + SafeName.Of(mount.Id));
            var tree = _request.TreeOf(mount);
            var copied = WorkFolder.Copy(tree.Directory, mount.Source ?? "", tree.Selection, copy);
            foreach (var left in copied.Dropped)
            {
                log.Say($"'{left}' is a link that leads out of the package; it was left out", LogLevel.Warn);
            }

            if (_request.WriteBack is { } rules && mount is { Kind: MountKind.Work, Access: MountAccess.ReadWrite, Dependency: null })
            {
                _shadows.Add(new Shadow(_request.TreeDirectory, mount.Source ?? "", copied, copy, rules));
            }

            _copies[mount.Id] = copy;
        }
    }
}
