using System.Net.Sockets;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Supervision;

/// <summary>
/// The sockets through which the processes of a run call each other (specs: kits 3.9, 9): one for each edge of the plan, in
/// folders that only the caller's cell has. A process without an edge has nothing it could connect to.
/// </summary>
internal sealed class PeerSockets : IAsyncDisposable
{
    // Every user may connect, but only the caller's cell has the folder: those above it are the runner's alone.
    private const UnixFileMode Connectable = (UnixFileMode)0b110_110_110;
    private const UnixFileMode Readable = (UnixFileMode)0b111_101_101;

    private readonly Dictionary<string, List<CellMount>> _mounts = new(StringComparer.Ordinal);
    private readonly List<HeldFolder> _folders = [];
    private PeerListener? _listener;

    private PeerSockets()
    {
    }

    /// <summary>Starts serving every edge of the plan. Throws <see cref="RefusedException"/>.</summary>
    public static async Task<PeerSockets> ServeAsync(LaunchPlan plan, RunFolder folder, Func<string, Dial> dial, Func<string, CancellationToken, Task<Diagnostic?>>? ready, IFamilyHooks? hooks, RunLog log, CancellationToken cancel)
    {
        var sockets = new PeerSockets();
        try
        {
            var served = plan.Cells.SelectMany(cell => sockets.Place(cell, folder)).ToList();
            if (served.Count > 0)
            {
                var reports = plan.Cells.SelectMany(c => c.Processes).ToDictionary(p => p.Id, p => new DenialReport(p, log), StringComparer.Ordinal);
                sockets._listener = await PeerListener.StartAsync(
                    [.. served.Select(s => (s.Edge, s.Socket.Bound))], dial, ready, (edge, path) => reports[edge.Caller].Add(edge, path), hooks is null ? null : hooks.AroundPeers, cancel);
                served.ForEach(s => AllowConnecting(s.Socket.Real));
            }

            return sockets;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SocketException)
        {
            await sockets.DisposeAsync();
            throw new RefusedException(SupervisionDiagnostics.NotKept.Now(folder.Path, problem.Message));
        }
        catch
        {
            await sockets.DisposeAsync();
            throw;
        }
    }

    /// <summary>The folders that a cell gets.</summary>
    public IReadOnlyList<CellMount> Mounts(string cell) => _mounts.GetValueOrDefault(cell) ?? [];

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
        {
            await _listener.DisposeAsync();
        }

        // Later than the listener: it removes its sockets by their names in here.
        _folders.ForEach(f => f.Dispose());
    }

    /// <summary>A host folder for each folder in which the cell's processes expect sockets.</summary>
    private IEnumerable<(PeerEdge Edge, (string Bound, string Real) Socket)> Place(CellPlan cell, RunFolder folder)
    {
        foreach (var inside in PeerEdge.Of(cell).GroupBy(e => Path.GetDirectoryName(e.Via)!, StringComparer.Ordinal))
        {
            var mounts = _mounts.TryGetValue(cell.Id, out var known) ? known : _mounts[cell.Id] = [];
            var path = folder.Folder("cells", SafeName.Of(cell.Id), $"p{mounts.Count}");
            mounts.Add(new CellMount(path, inside.Key, MountAccess.ReadOnly, Exec: false));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, Readable);
            }

            // A long CAPSULE_HOME must not make a socket's name too long for the kernel (108 bytes).
            var held = HeldFolder.Open(path);
            _folders.Add(held);
            foreach (var edge in inside)
            {
                var name = Path.GetFileName(edge.Via);
                yield return (edge, ($"{held.StablePath}/{name}", Path.Combine(path, name)));
            }
        }
    }

    private static void AllowConnecting(string socket)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(socket, Connectable);
        }
    }
}
