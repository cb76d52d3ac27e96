using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Testing.Stubs;

/// <summary>
/// Answers for the processes that a test leaves out, a socket for each. Edges and the public listener lead there as they lead to processes, so
/// that whoever calls sees no difference.
/// </summary>
internal sealed class StubListener : IAsyncDisposable
{
    private readonly NamedSockets _sockets;

    private StubListener(NamedSockets sockets) => _sockets = sockets;

    /// <summary>Starts serving; null for a plan without stubs. Throws <see cref="RefusedException"/>.</summary>
    /// <param name="plan">What is left out.</param>
    /// <param name="folder">The run's private folder for the sockets.</param>
    /// <param name="log">Told of calls without an answer.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<StubListener?> ServeAsync(LaunchPlan plan, Func<string> folder, RunLog log, CancellationToken cancel)
    {
        if (plan.Stubs is not { Count: > 0 })
        {
            return null;
        }

        var stubs = StubbedProcesses.Of(plan).ToDictionary(s => s.Process, s => s.Stub, StringComparer.Ordinal);
        return new StubListener(await NamedSockets.ServeAsync(
            folder(), stubs.Keys, LocalServer.Create, (process, _) => new StubResponder(process, stubs[process], log), (context, responder) => responder.AnswerAsync(context), cancel));
    }

    /// <summary>The way to the stub of a process; null when it has none.</summary>
    public Dial? Dial(string process) => _sockets.Dial(process);

    public ValueTask DisposeAsync() => _sockets.DisposeAsync();
}
