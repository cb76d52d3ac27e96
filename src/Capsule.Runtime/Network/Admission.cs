using System.Net.Sockets;

namespace Capsule.Runtime.Network;

/// <summary>Whether a connection that was accepted inside a cell comes from a process that may have it.</summary>
internal delegate Task<bool> Admission(Socket connection, CancellationToken cancel);
