using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Network;

/// <summary>What the public listener serves.</summary>
public sealed record PublicListenerRequest
{
    public required IReadOnlyList<PublicRoute> Routes { get; init; }

    /// <summary>Port on 127.0.0.1; 0 lets the kernel choose.</summary>
    public int Port { get; init; }

    /// <summary>Absolute path of the package tree, for routes that serve files.</summary>
    public required string Tree { get; init; }

    /// <summary>The way to a listener of a process: process id and listener name.</summary>
    public required Func<string, string, Dial> Dial { get; init; }

    /// <summary>Waits until a process can be called, or says why not; null where all can.</summary>
    public Func<string, CancellationToken, Task<Diagnostic?>>? Ready { get; init; }
}
