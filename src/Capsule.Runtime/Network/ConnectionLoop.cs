using System.Net.Sockets;
using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Network;

/// <summary>
/// Accepts connections on a socket that was made inside a cell, and serves a bounded number at the same time. A runner that may
/// open no further file says so once and goes on when it can: until then callers wait.
/// </summary>
internal sealed class ConnectionLoop : IAsyncDisposable
{
    private const int MostConnections = 256;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly Socket _listener;
    private readonly Func<BufferedSocket, CancellationToken, Task> _serve;
    private readonly Admission? _admits;
    private readonly Action<Diagnostic> _trouble;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _room = new(MostConnections);
    private readonly Task _accepting;
    private bool _said;

    /// <summary>Starts at once.</summary>
    /// <param name="listener">Closed with the loop.</param>
    /// <param name="serve">Serves one connection, which is closed when it returns or fails.</param>
    /// <param name="trouble">Is told once when connections cannot be accepted (CAP5311).</param>
    /// <param name="admits">Whose connections are served; null for everybody's.</param>
    public ConnectionLoop(Socket listener, Func<BufferedSocket, CancellationToken, Task> serve, Action<Diagnostic> trouble, Admission? admits = null)
    {
        (_listener, _serve, _trouble, _admits) = (listener, serve, trouble, admits);
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
        var pause = ShortestPause;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _room.WaitAsync(_stop.Token);
                var client = await _listener.AcceptAsync(_stop.Token);
                pause = ShortestPause;
                client.NoDelay = true;
                _ = ServeAsync(client);
            }
            catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException problem)
            {
                _room.Release();
                if (IsWant(problem.SocketErrorCode))
                {
                    Say(problem);
                    await Task.Delay(pause, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                    pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                }
            }
        }
    }

    /// <summary>Nothing that another caller would have better luck with: the kernel refuses at once, again and again.</summary>
    private static bool IsWant(SocketError error) => error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.SocketError;

    private void Say(SocketException problem)
    {
        if (!_said)
        {
            _said = true;
            _trouble(NetworkDiagnostics.NotAccepted.Now(problem.Message));
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
