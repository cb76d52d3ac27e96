using System.Globalization;
using System.Text;
using Capsule.Init.Linux;
using Capsule.Init.Wire;

namespace Capsule.Init.Outer;

/// <summary>
/// The one process that starts sandboxes. When the runner's end of the socket closes, by whatever death, every cell is killed and the
/// process ends. When this process dies first, bubblewrap must not die with it: killed between making its child and letting it go
/// on, it leaves one that waits for ever. So nothing asks for that; the init of each cell ends with the runner's end of its own socket.
/// </summary>
internal static unsafe class OuterMode
{
    private const int FirstInherited = 3;

    /// <summary>The cell's standard error comes first; it becomes descriptors 1 and 2.</summary>
    private const int FirstPassed = 1;

    /// <param name="name">The runner's abstract socket.</param>
    /// <param name="bubblewrap">Its absolute path.</param>
    public static int Run(string name, string bubblewrap)
    {
        Libc.SystemCall(CallNumbers.CloseRange, FirstInherited, int.MaxValue, 0, 0, 0);
        Libc.SetSession();
        Libc.ProcessControl(Constants.SetChildSubreaper, 1, 0, 0, 0);
        var control = Connect(name);
        if (control < 0)
        {
            return (int)InitStep.Connect;
        }

        PacketSocket.Send(control, new Packet(PacketKind.Ready, 0, Protocol.Version));
        var null0 = Libc.Open(NativeText.Of("/dev/null"), Constants.OpenReadOnly | Constants.OpenCloseOnExec, 0);
        var children = new Children();
        var descriptors = new int[Protocol.MaxDescriptors];
        while (true)
        {
            if (children.Wait(control))
            {
                if (!PacketSocket.Receive(control, out var packet, descriptors, out var count, out _))
                {
                    children.End();
                    return 0;
                }

                Handle(packet, descriptors.AsSpan(0, count), control, null0, bubblewrap, children);
            }

            if (children.Reap(control))
            {
                children.KillStrangers();
            }
        }
    }

    private static void Handle(Packet packet, ReadOnlySpan<int> descriptors, int control, int null0, string bubblewrap, Children children)
    {
        if (packet.Kind == PacketKind.OpenCell && descriptors.Length > FirstPassed)
        {
            var pid = Open(packet, descriptors, null0, bubblewrap);
            if (pid > 0)
            {
                children.Add(packet.Id, pid);
                PacketSocket.Send(control, new Packet(PacketKind.Started, packet.Id, pid));
            }
            else
            {
                PacketSocket.Send(control, new Packet(PacketKind.Failed, packet.Id, (int)InitStep.Spawn, -pid));
            }
        }
        else if (packet.Kind == PacketKind.KillCell && children.TryFind(packet.Id, out var pid))
        {
            Libc.Kill(pid, Constants.SignalKill);
        }

        foreach (var descriptor in descriptors)
        {
            Libc.Close(descriptor);
        }
    }

    private static int Open(Packet packet, ReadOnlySpan<int> descriptors, int null0, string bubblewrap)
    {
        Span<int> given = stackalloc int[descriptors.Length + 2];
        given[0] = null0;
        given[1] = descriptors[0];
        given[2] = descriptors[0];
        descriptors[FirstPassed..].CopyTo(given[Protocol.ControlDescriptor..]);
        var arguments = NativeText.Vector(
            "capsule-init",
            Protocol.EnterMode,
            Number(packet.First),
            Number(packet.Second),
            bubblewrap);
        return Spawner.Start(NativeText.Of("/proc/self/exe"), arguments, given);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// The connection to the runner; -1 when there is none. Anyone may take the name of a runner that has been killed meanwhile, and
    /// whoever is at the other end commands this process: it has to be the one that started us.
    /// </summary>
    private static int Connect(string name)
    {
        const int FamilySize = 2;
        const int AddressSize = 110;
        var bytes = Encoding.UTF8.GetBytes("\0" + name);
        var address = stackalloc byte[AddressSize];
        if (bytes.Length > AddressSize - FamilySize)
        {
            return -1;
        }

        *(ushort*)address = Constants.AddressUnix;
        bytes.CopyTo(new Span<byte>(address + FamilySize, bytes.Length));
        var socket = Libc.Socket(Constants.AddressUnix, Constants.SocketSequencedPacket | Constants.SocketCloseOnExec, 0);
        if (Libc.Connect(socket, address, (uint)(FamilySize + bytes.Length)) != 0)
        {
            return -1;
        }

        Credentials peer = default;
        var size = (uint)sizeof(Credentials);
        var known = Libc.GetSocketOption(socket, Constants.SocketLevel, Constants.PeerCredentials, &peer, &size) == 0;
        return known && peer.Pid == Libc.GetParentPid() && peer.Uid == Libc.GetEffectiveUid() ? socket : -1;
    }
}
