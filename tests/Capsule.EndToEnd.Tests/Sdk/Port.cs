using System.Net;
using System.Net.Sockets;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>Ports of the loopback address.</summary>
internal static class Port
{
    /// <summary>One that nobody listened to a moment ago.</summary>
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
