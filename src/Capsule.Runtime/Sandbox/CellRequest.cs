using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox.Refusals;

namespace Capsule.Runtime.Sandbox;

/// <summary>A cell as this machine is to build it: a <see cref="CellPlan"/> with host paths.</summary>
public sealed record CellRequest
{
    /// <summary>For messages and logs, for example <c>hello-world/hello</c>.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<CellMount> Mounts { get; init; }

    /// <summary>Small read-only files that exist only inside: absolute path to content.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Symbolic links that exist only inside: absolute path to target.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } = new Dictionary<string, string>();

    /// <summary>Give it the render nodes of this machine's GPUs; without one it does not open.</summary>
    public bool Gpu { get; init; }

    /// <summary>The host's paths of the devices it gets.</summary>
    internal IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Told what holds the cell and its processes.</summary>
    internal Action<SandboxPolicy>? Policy { get; init; }

    public LimitsPlan Limits { get; init; } = new();

    /// <summary>True: no network of its own but the machine's, for processes of <see cref="NetworkMode.Host"/> and <see cref="NetworkMode.None"/> alone.</summary>
    public bool HostNetwork { get; init; }

    /// <summary>What the machine must have, or the cell does not open.</summary>
    public LaunchRequirements Requires { get; init; } = new();

    /// <summary>Called once for each limit of the cell that it reaches; from any thread.</summary>
    public Action<ExceededLimit>? Exceeded { get; init; }
}

/// <summary>A mount with its real source.</summary>
/// <param name="Source">Absolute host path, opened without following links; null for memory.</param>
/// <param name="Target">Absolute path inside.</param>
/// <param name="Access">Read-only or writable.</param>
/// <param name="Exec">Whether programs may be started from it.</param>
/// <param name="Size">Bytes at most, for memory.</param>
/// <param name="Host">The user's own folder, let in by a grant, held open since it was checked; <paramref name="Source"/> is its path.</param>
/// <param name="Owned">A folder of the runner's own: as root it is given, with all in it, to the cell's user before the cell opens.</param>
public sealed record CellMount(
    string? Source, string Target, MountAccess Access, bool Exec = true, long? Size = null, HostFolder? Host = null, bool Owned = false);

/// <summary>A process to start in a cell.</summary>
public sealed record CellProcessRequest
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Argv { get; init; }

    public required string Cwd { get; init; }

    /// <summary>The whole environment; nothing is inherited.</summary>
    public required IReadOnlyDictionary<string, string> Env { get; init; }

    /// <summary>None: AF_UNIX only. Host: the machine's network. Everything else may use the cell's own loopback.</summary>
    public NetworkMode Network { get; init; } = NetworkMode.None;

    public LimitsPlan Limits { get; init; } = new();

    /// <summary>Keep a pipe to its standard input (<see cref="ICellProcess.Input"/>); without, it reads nothing.</summary>
    public bool Input { get; init; }

    /// <summary>
    /// Called for each system call that is refused to the process or what it starts, with the number of the thread that waits
    /// meanwhile: it must be quick and must not throw.
    /// </summary>
    public Action<RefusedCall, int>? Refused { get; init; }

    /// <summary>Called once for each limit of the process's own that it reaches, before its end is told.</summary>
    public Action<ExceededLimit>? Exceeded { get; init; }

    /// <summary>Pipes of someone else's instead of ours; they are closed here once the process has them.</summary>
    public CellStreams? Streams { get; init; }
}

/// <summary>What enforces a cell's walls on this machine; kept in the run record.</summary>
public sealed record Enforcement
{
    public required string Backend { get; init; }

    public required string BackendVersion { get; init; }

    public int LandlockAbi { get; init; }

    /// <summary>Limit name to the mechanism that enforces it: cgroup, rlimit, tmpfs, timer or watchdog.</summary>
    public IReadOnlyDictionary<string, string> Limits { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Devices beside those that every cell has, by their paths inside.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>What each process reported sealed before its exec, checked against /proc from outside.</summary>
    public IReadOnlyList<string> Sealed { get; init; } = [];

    /// <summary>
    /// Whether refused system calls are told: <c>seen</c>, or <c>not seen here</c> below a sandbox that listens itself and on kernels
    /// that cannot tell. They are refused in any case. Null before the first process.
    /// </summary>
    public string? RefusedCalls { get; init; }

    /// <summary>The host uid that the cell runs as.</summary>
    public int Uid { get; init; }
}
