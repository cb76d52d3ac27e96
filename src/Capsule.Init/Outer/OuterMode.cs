using System.Globalization;
using System.Text;
using Capsule.Init.Linux;
using Capsule.Init.Wire;

namespace Capsule.Init.Outer;

/// <summary>
/// The one process that starts sandboxes. bubblewrap's <c>--die-with-parent</c> follows the thread that started it: ours is
/// the main thread, which lives as long as the process. When the runner's end of the socket closes, by whatever death, every
/// cell is killed and the process ends.
/// </summary>
internal static unsafe class OuterMode
{
    private const int FirstInherited = 3;

    /// <summary>The cell's standard error comes first; it becomes descriptors 1 and 2.</summary>
    private const int FirstPassed = 1;

    public static int Run(string socketPath, string bubblewrap)
    {
        Libc.SystemCall(CallNumbers.CloseRange, FirstInherited, int.MaxValue, 0, 0, 0);
        Libc.SetSession();
        Libc.ProcessControl(Constants.SetChildSubreaper, 1, 0, 0, 0);
        var control = Connect(socketPath);
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
            Number(Libc.GetPid()),
            Number(packet.First),
            Number(packet.Second),
            bubblewrap);
        return Spawner.Start(NativeText.Of("/proc/self/exe"), arguments, given);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Connect(string path)
    {
        const int FamilySize = 2;
        const int AddressSize = 110;
        var bytes = Encoding.UTF8.GetBytes(path);
        var address = stackalloc byte[AddressSize];
        new Span<byte>(address, AddressSize).Clear();
        if (bytes.Length >= AddressSize - FamilySize)
        {
            return -1;
        }

        *(ushort*)address = Constants.AddressUnix;
        bytes.CopyTo(new Span<byte>(address + FamilySize, bytes.Length));
        var socket = Libc.Socket(Constants.AddressUnix, Constants.SocketSequencedPacket | Constants.SocketCloseOnExec, 0);
        return Libc.Connect(socket, address, AddressSize) == 0 ? socket : -1;
    }
}
