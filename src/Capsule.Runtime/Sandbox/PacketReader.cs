using Capsule.Init.Linux;
using Capsule.Init.Wire;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>A control connection to an init: a thread that reads packets until the connection ends, and a way to send.</summary>
internal sealed class PacketReader : IDisposable
{
    private readonly SafeFileHandle _socket;
    private readonly Action<Packet, SafeFileHandle?, Credentials> _received;
    private readonly Action _ended;
    private readonly Thread _thread;

    public PacketReader(SafeFileHandle socket, string name, Action<Packet, SafeFileHandle?, Credentials> received, Action ended)
    {
        _socket = socket;
        _received = received;
        _ended = ended;
        _thread = new Thread(Read) { IsBackground = true, Name = name };
    }

    public void Start() => _thread.Start();

    /// <summary>False when the other side is gone.</summary>
    public bool Send(Packet packet, params ReadOnlySpan<SafeFileHandle> descriptors)
    {
        Span<int> numbers = stackalloc int[descriptors.Length];
        for (var i = 0; i < descriptors.Length; i++)
        {
            numbers[i] = descriptors[i].Number();
        }

        var held = false;
        try
        {
            _socket.DangerousAddRef(ref held);
            return PacketSocket.Send(_socket.Number(), packet, numbers);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            if (held)
            {
                _socket.DangerousRelease();
            }
        }
    }

    /// <summary>Ends the connection; the reading thread sees the end and closes the socket.</summary>
    public void Dispose()
    {
        var held = false;
        try
        {
            _socket.DangerousAddRef(ref held);
            Libc.Shutdown(_socket.Number(), Constants.ShutdownBoth);
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself.
        }
        finally
        {
            if (held)
            {
                _socket.DangerousRelease();
            }
        }
    }

    private void Read()
    {
        Span<int> descriptors = stackalloc int[1];
        while (PacketSocket.Receive(_socket.Number(), out var packet, descriptors, out var count, out var sender))
        {
            _received(packet, count > 0 ? Descriptors.Own(descriptors[0]) : null, sender);
        }

        _socket.Dispose();
        _ended();
    }
}
