using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Supervision;

/// <summary>An open sandbox of a running package with its processes, sockets and bridges.</summary>
internal sealed class LiveCell : IAsyncDisposable
{
    private readonly List<SupervisedProcess> _processes = [];
    private readonly List<IAsyncDisposable> _bridges = [];
    private readonly Dictionary<string, HeldFolder> _sockets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dial> _before = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _opening = new(1);
    private IReadOnlyList<CellMount> _mounts = [];

    public LiveCell(CellStage stage) => Stage = stage;

    public CellStage Stage { get; }

    public ICell? Cell { get; private set; }

    /// <summary>The plans of its lasting processes.</summary>
    public IReadOnlyList<ProcessPlan> Lasting => field ??= [.. Stage.Plan.Processes.Where(StageOrder.IsLasting)];

    /// <summary>Its lasting processes by id, before and after their start.</summary>
    public Dictionary<string, ProcessInstance> Instances { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<SupervisedProcess> Processes
    {
        get
        {
            lock (_processes)
            {
                return [.. _processes];
            }
        }
    }

    /// <summary>Host folders for the sockets that processes make, and bridges that we serve, as mounts.</summary>
    public async Task<IReadOnlyList<CellMount>> PrepareSocketsAsync(IEnumerable<ProcessInstance> instances, RunFolder folder, IFamilyHooks? hooks, CancellationToken cancel)
    {
        var mounts = new List<CellMount>();
        foreach (var instance in instances)
        {
            foreach (var target in instance.Process.Listen.Select(l => l.Path).OfType<string>().Select(p => Path.GetDirectoryName(p)!).Distinct())
            {
                if (!_sockets.ContainsKey(target))
                {
                    var path = folder.Folder("cells", SafeName.Of(Stage.Plan.Id), $"s{_sockets.Count}");
                    _sockets[target] = HeldFolder.Open(path);
                    mounts.Add(new CellMount(path, target, MountAccess.ReadWrite, Owned: true));
                }
            }

            if (instance.Process.Bridge is { } bridge && hooks is not null)
            {
                mounts.Add(await ServeBridgeAsync(instance, bridge, folder, hooks, cancel));
            }

            foreach (var path in instance.Process.Listen.Select(l => l.Path).OfType<string>())
            {
                await ServeListenerAsync(instance, path, folder, hooks, cancel);
            }
        }

        return mounts;
    }

    /// <param name="cell">The sandbox.</param>
    /// <param name="mounts">The mounts that it has beside those of the plan: sockets. A new one in its place gets the same.</param>
    public void Opened(ICell cell, IReadOnlyList<CellMount> mounts) => (Cell, _mounts) = (cell, mounts);

    /// <summary>Another sandbox in the place of one that has ended, with the same sockets; nothing when somebody was faster.</summary>
    /// <param name="ended">The one that has ended.</param>
    /// <param name="open">Opens the next with these mounts.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public async Task ReopenAsync(ICell ended, Func<IReadOnlyList<CellMount>, Task<ICell>> open, CancellationToken cancel)
    {
        await _opening.WaitAsync(cancel);
        try
        {
            if (Cell == ended)
            {
                await ended.DisposeAsync();
                Cell = await open(_mounts);
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>A process that will be started again: its socket's file would keep it from listening, and whoever waits for it must wait anew.</summary>
    public void Renew(ProcessPlan plan)
    {
        Instances[plan.Id].Renew();
        foreach (var path in plan.Listen.Select(l => l.Path).OfType<string>())
        {
            try
            {
                File.Delete(Path.Combine(_sockets[Path.GetDirectoryName(path)!].StablePath, Path.GetFileName(path)));
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // The workload has put something else there; its own next start may find it in the way.
            }
        }
    }

    public void Started(SupervisedProcess process)
    {
        lock (_processes)
        {
            _processes.Add(process);
        }
    }

    public void Ended(SupervisedProcess process)
    {
        lock (_processes)
        {
            _processes.Remove(process);
        }
    }

    /// <summary>The way to a listener of one of the cell's processes, or to what its family serves before it.</summary>
    public Dial Dial(ListenPlan listen) => listen.Path is { } path && _before.TryGetValue(path, out var before) ? before : DialItself(listen);

    private Dial DialItself(ListenPlan listen) => listen.Port is { } port
        ? cancel => Dials.Tcp(Cell!, port)(cancel)
        : Dials.Unix(_sockets[Path.GetDirectoryName(listen.Path)!], Path.GetFileName(listen.Path!));

    /// <summary>True when a listener of one of the cell's processes accepts connections.</summary>
    public async Task<bool> AnswersAsync(ListenPlan listen, CancellationToken cancel)
    {
        if (listen.Port is { } port)
        {
            return await Cell!.AnswersAsync(port, cancel);
        }

        await using var connection = await DialItself(listen)(cancel);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (Cell is not null)
        {
            await Cell.DisposeAsync();
        }

        await Task.WhenAll(Processes.Select(p => p.DisposeAsync().AsTask()));

        foreach (var bridge in _bridges)
        {
            await bridge.DisposeAsync();
        }

        foreach (var folder in _sockets.Values)
        {
            folder.Dispose();
        }

        _opening.Dispose();
    }

    private async Task ServeListenerAsync(ProcessInstance instance, string target, RunFolder folder, IFamilyHooks? hooks, CancellationToken cancel)
    {
        if (hooks is null)
        {
            return;
        }

        var held = HeldFolder.Open(folder.Folder("cells", SafeName.Of(Stage.Plan.Id), $"l{_sockets.Count}"));
        var workload = Dials.Unix(_sockets[Path.GetDirectoryName(target)!], Path.GetFileName(target));
        if (await hooks.ServeListenerAsync(instance, workload, $"{held.StablePath}/l.sock", cancel) is not { } served)
        {
            held.Dispose();
            return;
        }

        _sockets[held.StablePath] = held;
        _bridges.Add(served);
        _before[target] = Dials.Unix(held, "l.sock");
    }

    private async Task<CellMount> ServeBridgeAsync(ProcessInstance instance, string target, RunFolder folder, IFamilyHooks hooks, CancellationToken cancel)
    {
        var path = folder.Folder("cells", SafeName.Of(Stage.Plan.Id), $"b{_bridges.Count}");
        var socket = Path.Combine(path, "b.sock");

        // What hydrated the cell had a bridge there, whose socket outlives its server.
        File.Delete(socket);

        // A long CAPSULE_HOME must not make the socket's name too long for the kernel (108 bytes).
        using var held = HeldFolder.Open(path);
        _bridges.Add(await hooks.ServeBridgeAsync(instance, $"{held.StablePath}/b.sock", cancel));
        if (!OperatingSystem.IsWindows())
        {
            // The folders above are ours alone; the cell's user must be able to connect to this one file.
            File.SetUnixFileMode(socket, (UnixFileMode)0b110_110_110);
        }

        return new CellMount(socket, target, MountAccess.ReadOnly);
    }
}
