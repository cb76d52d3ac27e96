using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>A server of this machine that greets whoever connects: what lies outside of a cell.</summary>
internal sealed class GreetingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public GreetingServer()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptSocketAsync();
                await client.SendAsync(Encoding.ASCII.GetBytes("hello from outside\n"));
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
