using System.Net.Sockets;
using Capsule.Init.Linux;
using Capsule.Init.Wire;
using Capsule.Runtime.Sandbox;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Joining;

/// <summary>
/// One connection between <c>capsule exec</c> and a runner, over the socket in the run's private folder. It speaks the packets
/// of the init: <see cref="PacketKind.StartProcess"/> with three pipes and a <see cref="JoinRequest"/> in a memory file is
/// answered by <see cref="PacketKind.Started"/> or by <see cref="PacketKind.Failed"/> with a <see cref="JoinRefusal"/>;
/// <see cref="PacketKind.Signal"/> may follow, and <see cref="PacketKind.Ended"/> brings the exit code. Its end ends the command.
/// </summary>
internal sealed class JoinSocket : IDisposable
{
    public const string FolderName = "exec";
    public const string FileName = "s";
    private const int PeerCredentials = 17;

    private readonly SafeFileHandle _socket;

    private JoinSocket(SafeFileHandle socket) => _socket = socket;

    public static Socket Make() => new(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);

    /// <summary>Process and user at the other end, by the kernel's word.</summary>
    public static (int Pid, int Uid) Peer(Socket socket)
    {
        var credentials = new byte[12];
        socket.GetRawSocketOption(Constants.SocketLevel, PeerCredentials, credentials);
        return (BitConverter.ToInt32(credentials), BitConverter.ToInt32(credentials, 4));
    }

    /// <summary>A blocking descriptor of our own: the framework's socket goes with its object.</summary>
    public static JoinSocket Take(Socket socket)
    {
        var own = Libc.Fcntl((int)socket.Handle, Constants.DuplicateCloseOnExec, 0);
        Libc.Fcntl(own, Constants.SetStatusFlags, 0);
        return new JoinSocket(Descriptors.Own(own));
    }

    /// <summary>False when the other side is gone.</summary>
    public bool Send(Packet packet, params ReadOnlySpan<SafeFileHandle> descriptors)
    {
        Span<int> numbers = stackalloc int[descriptors.Length];
        for (var i = 0; i < descriptors.Length; i++)
        {
            numbers[i] = descriptors[i].Number();
        }

        return PacketSocket.Send(_socket.Number(), packet, numbers);
    }

    /// <summary>Waits for the next packet, on a thread of its own; null at the end.</summary>
    public Task<Received?> ReceiveAsync() => Task.Factory.StartNew(Receive, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Whoever waits for a packet sees the end.</summary>
    public void End() => Libc.Shutdown(_socket.Number(), Constants.ShutdownBoth);

    public void Dispose() => _socket.Dispose();

    private Received? Receive()
    {
        const int Most = 4;
        Span<int> descriptors = stackalloc int[Most];
        return PacketSocket.Receive(_socket.Number(), out var packet, descriptors, out var count, out _)
            ? new Received(packet, [.. descriptors[..count].ToArray().Select(Descriptors.Own)])
            : null;
    }

    /// <summary>A packet and the descriptors that came with it; ours to close.</summary>
    public sealed record Received(Packet Packet, SafeFileHandle[] Descriptors) : IDisposable
    {
        /// <summary>The content of the memory file that came last.</summary>
        public byte[] Text()
        {
            const int Longest = 4 << 20;
            var length = RandomAccess.GetLength(Descriptors[^1]);
            if (length is <= 0 or > Longest)
            {
                return [];
            }

            var text = new byte[length];
            return RandomAccess.Read(Descriptors[^1], text, 0) == length ? text : [];
        }

        public void Dispose()
        {
            foreach (var descriptor in Descriptors)
            {
                descriptor.Dispose();
            }
        }
    }
}
