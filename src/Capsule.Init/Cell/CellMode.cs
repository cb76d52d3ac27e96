using System.Runtime.InteropServices;
using Capsule.Init.Linux;
using Capsule.Init.Wire;

namespace Capsule.Init.Cell;

/// <summary>
/// Process 1 of a cell. It only does what the runner says over the control socket: start a process through a fresh exec
/// copy, make a socket in the cell's network namespace and hand it out, signal a process's group. It reaps, reports, and
/// ends with the runner: the kernel then kills everything in the cell.
/// </summary>
internal static unsafe class CellMode
{
    private const int StandardDescriptors = 5;

    public static int Run()
    {
        const int FirstUnwanted = Protocol.ControlDescriptor + 1;
        Libc.SystemCall(CallNumbers.CloseRange, FirstUnwanted, int.MaxValue, 0, 0, 0);
        Libc.Fcntl(Protocol.ControlDescriptor, Constants.SetDescriptorFlags, Constants.CloseOnExec);

        // Same uid as the workloads: without this they could read and write our memory through /proc/1.
        Libc.ProcessControl(Constants.SetDumpable, 0, 0, 0, 0);

        // Killing bubblewrap is how outer kills a cell.
        Libc.ProcessControl(Constants.SetParentDeathSignal, Constants.SignalKill, 0, 0, 0);
        if (!PacketSocket.Send(Protocol.ControlDescriptor, new Packet(PacketKind.Ready, 0, Protocol.Version)))
        {
            return (int)InitStep.Control;
        }

        var children = new Children();
        var descriptors = new int[Protocol.MaxDescriptors];
        while (true)
        {
            if (children.Wait(Protocol.ControlDescriptor))
            {
                if (!PacketSocket.Receive(Protocol.ControlDescriptor, out var packet, descriptors, out var count, out _))
                {
                    return 0;
                }

                Handle(packet, descriptors.AsSpan(0, count), children);
            }

            children.Reap(Protocol.ControlDescriptor);
        }
    }

    private static void Handle(Packet packet, ReadOnlySpan<int> descriptors, Children children)
    {
        switch (packet.Kind)
        {
            case PacketKind.StartProcess when descriptors.Length == StandardDescriptors:
                Start(packet.Id, descriptors, children);
                break;
            case PacketKind.Signal when children.TryFind(packet.Id, out var pid):
                Libc.Kill(-pid, packet.First);
                break;
            case PacketKind.MakeSocket:
                MakeSocket(packet.Id, packet.First);
                break;
        }

        foreach (var descriptor in descriptors)
        {
            Libc.Close(descriptor);
        }
    }

    private static void Start(int id, ReadOnlySpan<int> descriptors, Children children)
    {
        var pid = Spawner.Start(NativeText.Of(Protocol.InitPath), NativeText.Vector("capsule-init", Protocol.ExecMode), descriptors);
        if (pid > 0)
        {
            children.Add(id, pid);
            PacketSocket.Send(Protocol.ControlDescriptor, new Packet(PacketKind.Started, id, pid));
        }
        else
        {
            PacketSocket.Send(Protocol.ControlDescriptor, new Packet(PacketKind.Failed, id, (int)InitStep.Spawn, -pid));
        }
    }

    private static void MakeSocket(int id, int type)
    {
        var socket = Libc.Socket(Constants.AddressInternet, type | Constants.SocketCloseOnExec, 0);
        if (socket < 0)
        {
            PacketSocket.Send(Protocol.ControlDescriptor, new Packet(PacketKind.Failed, id, (int)InitStep.Socket, Marshal.GetLastPInvokeError()));
            return;
        }

        PacketSocket.Send(Protocol.ControlDescriptor, new Packet(PacketKind.MakeSocket, id), socket);
        Libc.Close(socket);
    }
}
