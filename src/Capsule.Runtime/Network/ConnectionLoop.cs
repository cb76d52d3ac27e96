using System.Net.Sockets;

namespace Capsule.Runtime.Network;

/// <summary>Accepts connections on a socket that was made inside a cell, and serves a bounded number at the same time.</summary>
internal sealed class ConnectionLoop : IAsyncDisposable
{
    private const int MostConnections = 256;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    private readonly Socket _listener;
    private readonly Func<BufferedSocket, CancellationToken, Task> _serve;
    private readonly Admission? _admits;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _room = new(MostConnections);
    private readonly Task _accepting;

    /// <summary>Starts at once.</summary>
    /// <param name="listener">Closed with the loop.</param>
    /// <param name="serve">Serves one connection, which is closed when it returns or fails.</param>
    /// <param name="admits">Whose connections are served; null for everybody's.</param>
    public ConnectionLoop(Socket listener, Func<BufferedSocket, CancellationToken, Task> serve, Admission? admits = null)
    {
        (_listener, _serve, _admits) = (listener, serve, admits);
        _accepting = Task.Run(AcceptAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _room.WaitAsync(_stop.Token);
                var client = await _listener.AcceptAsync(_stop.Token);
                client.NoDelay = true;
                _ = ServeAsync(client);
            }
            catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException)
            {
                _room.Release();
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var client = new BufferedSocket(socket, Idle);
        try
        {
            if (_admits is null || await _admits(socket, _stop.Token))
            {
                await _serve(client, _stop.Token);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or IOException or InvalidDataException or ObjectDisposedException)
        {
            // Either side has gone, was too slow or sent what has no meaning; closing both is all there is to do.
        }
        finally
        {
            _room.Release();
        }
    }
}
