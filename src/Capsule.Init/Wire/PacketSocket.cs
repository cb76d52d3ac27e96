using System.Runtime.InteropServices;
using Capsule.Init.Linux;

namespace Capsule.Init.Wire;

/// <summary>Sends and receives packets with descriptors beside them (unix(7), SCM_RIGHTS and SCM_CREDENTIALS).</summary>
internal static unsafe class PacketSocket
{
    private const int ControlSpace = 1200;

    /// <summary>Sends one packet. False when the peer is gone or a descriptor is not open.</summary>
    public static bool Send(int socket, Packet packet, params ReadOnlySpan<int> descriptors)
    {
        var control = stackalloc byte[ControlSpace];
        new Span<byte>(control, ControlSpace).Clear();
        Segment segment;
        segment.Start = &packet;
        segment.Length = (nuint)sizeof(Packet);
        MessageHeader message = default;
        message.Segments = &segment;
        message.SegmentCount = 1;
        if (descriptors.Length > 0)
        {
            var header = (ControlHeader*)control;
            header->Length = (nuint)(sizeof(ControlHeader) + (descriptors.Length * sizeof(int)));
            header->Level = Constants.SocketLevel;
            header->Type = Constants.ControlRights;
            descriptors.CopyTo(new Span<int>(header + 1, descriptors.Length));
            message.Control = control;
            message.ControlLength = Align(header->Length);
        }

        nint sent;
        do
        {
            sent = Libc.SendMessage(socket, &message, Constants.MessageNoSignal);
        }
        while (sent < 0 && Marshal.GetLastPInvokeError() == Constants.Interrupted);

        return sent == sizeof(Packet);
    }

    /// <summary>
    /// Receives one packet, its descriptors (close-on-exec) and who sent it. False at the end of the connection and on
    /// anything that is not a whole packet; descriptors that came with it are closed then.
    /// </summary>
    public static bool Receive(int socket, out Packet packet, Span<int> descriptors, out int count, out Credentials sender)
    {
        Packet received = default;
        packet = default;
        sender = default;
        count = 0;
        var control = stackalloc byte[ControlSpace];
        Segment segment;
        segment.Start = &received;
        segment.Length = (nuint)sizeof(Packet);
        MessageHeader message = default;
        message.Segments = &segment;
        message.SegmentCount = 1;
        message.Control = control;
        message.ControlLength = ControlSpace;
        nint length;
        do
        {
            length = Libc.ReceiveMessage(socket, &message, Constants.MessageCloseOnExec);
        }
        while (length < 0 && Marshal.GetLastPInvokeError() == Constants.Interrupted);

        if (length < 0)
        {
            return false;
        }

        var whole = length == sizeof(Packet) && (message.Flags & Constants.MessageControlTruncated) == 0;
        for (nuint at = 0; at + (nuint)sizeof(ControlHeader) <= message.ControlLength;)
        {
            var header = (ControlHeader*)(control + at);
            if (header->Length < (nuint)sizeof(ControlHeader))
            {
                break;
            }

            if (header->Level == Constants.SocketLevel && header->Type == Constants.ControlRights)
            {
                var given = new Span<int>(header + 1, (int)(header->Length - (nuint)sizeof(ControlHeader)) / sizeof(int));
                foreach (var descriptor in given)
                {
                    if (whole && count < descriptors.Length)
                    {
                        descriptors[count++] = descriptor;
                    }
                    else
                    {
                        Libc.Close(descriptor);
                    }
                }
            }
            else if (header->Level == Constants.SocketLevel && header->Type == Constants.ControlCredentials)
            {
                sender = *(Credentials*)(header + 1);
            }

            at += Align(header->Length);
        }

        packet = received;
        return whole;
    }

    private static nuint Align(nuint length) => (length + 7) & ~(nuint)7;
}
