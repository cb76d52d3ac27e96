using System.Runtime.InteropServices;

namespace Capsule.Init.Wire;

/// <summary>
/// One message between runner and init. Sockets are SOCK_SEQPACKET, so a packet arrives whole; anything larger than
/// four numbers travels as a descriptor of a memory file.
/// </summary>
/// <param name="Kind">What it says.</param>
/// <param name="Id">The cell or process meant; chosen by the runner.</param>
/// <param name="First">Meaning depends on <paramref name="Kind"/>.</param>
/// <param name="Second">Meaning depends on <paramref name="Kind"/>.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Packet(PacketKind Kind, int Id, int First = 0, int Second = 0);

/// <summary>What a packet says. The comment names sender, receiver, numbers and descriptors.</summary>
internal enum PacketKind
{
    None = 0,

    /// <summary>Runner to outer: open a cell. First, second: uid and gid to drop to, -1 for none. Descriptors: standard error, then those that become 3, 4, ….</summary>
    OpenCell = 1,

    /// <summary>Runner to outer: kill a cell. Runner to cell: not used.</summary>
    KillCell = 2,

    /// <summary>Runner to cell: start a process. Descriptors: standard input, output, error, specification, status socket.</summary>
    StartProcess = 3,

    /// <summary>Runner to cell: send signal First to the process's group.</summary>
    Signal = 4,

    /// <summary>Runner to cell: make an IPv4 socket; First is its type, SOCK_STREAM or SOCK_DGRAM. Answered by the same kind with the descriptor, or <see cref="Failed"/>.</summary>
    MakeSocket = 5,

    /// <summary>Outer, cell and exec to runner: ready; First is <see cref="Protocol.Version"/>.</summary>
    Ready = 16,

    /// <summary>Outer and cell to runner: the process First runs.</summary>
    Started = 17,

    /// <summary>To runner: the step First failed with errno Second.</summary>
    Failed = 18,

    /// <summary>Outer and cell to runner: ended; First is the wait status.</summary>
    Ended = 19,

    /// <summary>
    /// Exec to runner: sealed; First is the Landlock ABI, Second the network mode of the filter. Descriptor: what tells of refused
    /// calls, where the kernel gives one (seccomp_unotify(2)).
    /// </summary>
    Sealed = 20,

    /// <summary>Runner to exec: go.</summary>
    Go = 21,
}
