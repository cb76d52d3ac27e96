using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Capsule.Init.Linux;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// Sockets of a cell's network, made inside and used out here: a socket belongs for ever to the network namespace in which it
/// was made (specs: platform 4).
/// </summary>
/// <param name="name">The cell's, for messages.</param>
/// <param name="ask">Asks the init for a socket of a type under a number; false when it is gone. The types' numbers are the kernel's.</param>
/// <param name="timeout">How long the init may take.</param>
internal sealed class CellSockets(string name, Func<int, SocketType, bool> ask, TimeSpan timeout)
{
    private const int Backlog = 128;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<SafeFileHandle>> _waiting = [];

    public async Task<Socket> ListenAsync(int id, IPEndPoint at, CancellationToken cancel)
    {
        var socket = await BindAsync(id, SocketType.Stream, at, cancel);
        try
        {
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public Task<Socket> BindAsync(int id, IPEndPoint at, CancellationToken cancel) => BindAsync(id, SocketType.Dgram, at, cancel);

    /// <summary>
    /// Tries to connect, without an exception: hundreds of processes are asked many times until they answer. On loopback the kernel
    /// says at once; one whose queue is full does not answer yet.
    /// </summary>
    public async Task<bool> AnswersAsync(int id, int port, CancellationToken cancel)
    {
        using var handle = await AskAsync(id, SocketType.Stream, cancel);
        return Connects(handle, port);
    }

    public async Task<Socket> ConnectAsync(int id, int port, CancellationToken cancel)
    {
        var socket = await MakeAsync(id, SocketType.Stream, cancel);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancel);
            socket.NoDelay = true;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The init's answer; false when nobody waits for this number.</summary>
    public bool Answer(int id, SafeFileHandle? descriptor, int errno)
    {
        if (!_waiting.TryGetValue(id, out var waiting))
        {
            return false;
        }

        if (descriptor is null)
        {
            waiting.TrySetException(new IOException($"No socket could be made in the sandbox of '{name}': errno {errno}."));
        }
        else if (!waiting.TrySetResult(descriptor))
        {
            descriptor.Dispose();
        }

        return true;
    }

    /// <summary>No answer will come any more.</summary>
    public void End()
    {
        foreach (var waiting in _waiting.Values)
        {
            waiting.TrySetException(Gone());
        }
    }

    /// <summary>Ports below 1024 are ours too: the runner owns the user namespace that the cell's network belongs to (user_namespaces(7)).</summary>
    private async Task<Socket> BindAsync(int id, SocketType type, IPEndPoint at, CancellationToken cancel)
    {
        var socket = await MakeAsync(id, type, cancel);
        try
        {
            socket.Bind(at);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static unsafe bool Connects(SafeFileHandle socket, int port)
    {
        const int AddressSize = 16;
        var address = stackalloc byte[AddressSize];
        new Span<byte>(address, AddressSize).Clear();
        *(ushort*)address = Constants.AddressInternet;
        BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(address + 2, 2), (ushort)port);
        IPAddress.Loopback.TryWriteBytes(new Span<byte>(address + 4, 4), out _);
        var flags = Libc.Fcntl(socket.Number(), Constants.GetStatusFlags, 0);
        if (Libc.Fcntl(socket.Number(), Constants.SetStatusFlags, flags | Constants.SocketNonBlocking) != 0)
        {
            return false;
        }

        if (Libc.Connect(socket.Number(), address, AddressSize) == 0)
        {
            return true;
        }

        // The answer has come by now, or nearly so.
        const int Patience = 2;
        var entry = new PollEntry { Descriptor = socket.Number(), Wanted = Constants.PollOut };
        return Libc.Poll(&entry, 1, Patience) == 1 && entry.Happened == Constants.PollOut;
    }

    private async Task<Socket> MakeAsync(int id, SocketType type, CancellationToken cancel)
    {
        using var handle = await AskAsync(id, type, cancel);
        var socket = new Socket(new SafeSocketHandle(handle.DangerousGetHandle(), ownsHandle: true));
        handle.SetHandleAsInvalid();
        return socket;
    }

    private async Task<SafeFileHandle> AskAsync(int id, SocketType type, CancellationToken cancel)
    {
        var answer = new TaskCompletionSource<SafeFileHandle>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        try
        {
            if (!ask(id, type))
            {
                throw Gone();
            }

            return await answer.Task.WaitAsync(timeout, cancel);
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    private IOException Gone() => new($"The sandbox of '{name}' has ended.");
}
