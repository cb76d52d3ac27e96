using System.Net.Sockets;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Network;

/// <summary>Opens a fresh connection to one listener of a workload.</summary>
public delegate ValueTask<Stream> Dial(CancellationToken cancel);

/// <summary>The two ways to a workload: its unix socket, or a port inside its cell.</summary>
public static class Dials
{
    /// <param name="folder">The folder in which the workload made its socket.</param>
    /// <param name="name">The socket's file name.</param>
    public static Dial Unix(HeldFolder folder, string name) =>
        async cancel => new NetworkStream(await folder.ConnectAsync(name, cancel), ownsSocket: true);

    public static Dial Tcp(ICell cell, int port) =>
        async cancel => new NetworkStream(await cell.ConnectAsync(port, cancel), ownsSocket: true);
}
