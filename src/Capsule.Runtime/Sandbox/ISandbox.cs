using System.Net;
using System.Net.Sockets;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Sandbox;

/// <summary>A machine's way to confine. One per runner process; it owns whatever starts the cells (specs: sandbox 2).</summary>
public interface ISandbox : IAsyncDisposable
{
    /// <summary>Builds a sealed cell with nothing running in it, or says which wall could not be built.</summary>
    Task<Result<ICell>> OpenAsync(CellRequest request, CancellationToken cancel);
}

/// <summary>One sandbox: its own namespaces, its mounts, and the processes started in it. Disposing it kills them all.</summary>
public interface ICell : IAsyncDisposable
{
    /// <summary>What this machine did to enforce the request.</summary>
    Enforcement Enforcement { get; }

    /// <summary>The limits of the cell that it has reached until now; looked for at this moment.</summary>
    IReadOnlyList<ExceededLimit> Exceeded { get; }

    /// <summary>Starts a process; the result comes once the seal has been checked from outside.</summary>
    Task<Result<ICellProcess>> StartAsync(CellProcessRequest request, CancellationToken cancel);

    /// <summary>A listening socket on 127.0.0.1 inside the cell; port 0 lets the kernel choose.</summary>
    Task<Socket> ListenAsync(int port, CancellationToken cancel) => ListenAsync(new IPEndPoint(IPAddress.Loopback, port), cancel);

    /// <summary>A listening socket on a loopback address inside the cell, ports below 1024 included.</summary>
    Task<Socket> ListenAsync(IPEndPoint at, CancellationToken cancel);

    /// <summary>A socket for datagrams at a loopback address inside the cell.</summary>
    Task<Socket> BindAsync(IPEndPoint at, CancellationToken cancel);

    /// <summary>True when somebody accepts connections at 127.0.0.1:port inside the cell.</summary>
    Task<bool> AnswersAsync(int port, CancellationToken cancel);

    /// <summary>A socket connected to 127.0.0.1:port inside the cell.</summary>
    Task<Socket> ConnectAsync(int port, CancellationToken cancel);
}

/// <summary>A running process of a cell.</summary>
public interface ICellProcess
{
    /// <summary>Its process id as the host sees it.</summary>
    int HostPid { get; }

    /// <summary>Its standard input where the request asked for one; disposing it is the end of input.</summary>
    Stream Input => Stream.Null;

    Stream Output { get; }

    Stream Error { get; }

    /// <summary>Completes with the exit code; a death by signal is 128 plus its number.</summary>
    Task<int> Exited { get; }

    /// <summary>Sends a signal to the process's whole group.</summary>
    Task SignalAsync(int signal, CancellationToken cancel);
}
