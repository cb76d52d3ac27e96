using System.Collections.Concurrent;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Sandbox.Refusals;

namespace Capsule.Runtime.Supervision;

/// <summary>
/// The system calls that a process was refused, by kind: the first of each is a line of the log, and at the end how many there were.
/// The lines are written beside the way, for who counts keeps a caller waiting, and a log may stand on a slow terminal.
/// </summary>
internal sealed class CallDenials(ProcessPlan plan, RunLog log)
{
    private readonly ConcurrentDictionary<RefusedCall, long> _counts = [];
    private readonly Lock _gate = new();
    private Task _writing = Task.CompletedTask;

    /// <param name="call">What kind of call.</param>
    /// <param name="thread">Who makes it and waits.</param>
    public void Add(RefusedCall call, int thread)
    {
        if (_counts.AddOrUpdate(call, 1, (_, count) => count + 1) > 1)
        {
            return;
        }

        var denial = Of(call) with { Program = ProcessIdentity.ProgramOf(thread) };
        lock (_gate)
        {
            _writing = _writing.ContinueWith(_ => Write(call, denial), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    /// <summary>Waits for what is still to be written, and writes how often the same was refused.</summary>
    public async Task FinishAsync()
    {
        Task writing;
        lock (_gate)
        {
            writing = _writing;
        }

        await writing;
        foreach (var (call, count) in _counts.Where(c => c.Value > 1).OrderBy(c => c.Key.Target, StringComparer.Ordinal))
        {
            Write(call, Of(call) with { Count = count });
        }
    }

    private Denial Of(RefusedCall call)
    {
        var operation = call.Socket ? DeniedOperation.Socket : DeniedOperation.Syscall;
        if (!call.Internet)
        {
            return new Denial(plan.Id, operation, call.Target, "no manifest grants it");
        }

        var permission = plan.EgressGrant ?? plan.Network.Permission;
        var origin = permission?.Origin;
        return new Denial(
            plan.Id, operation, call.Target, "the manifest grants no network", permission?.Id, permission?.Grant.Replace(DenialReport.Destination, "HOST", StringComparison.Ordinal),
            origin?.File, origin?.Range?.Line, origin?.Range?.Column);
    }

    private void Write(RefusedCall call, Denial denial)
    {
        var who = denial.Program is { } program ? $"{plan.Id} ({program})" : plan.Id;
        var often = denial.Count is { } count ? FormattableString.Invariant($"; {count} times in all") : "";
        DenialReport.Write(plan, log, SandboxDiagnostics.CallRefused.Now(who, call.Words, denial.Reason + often), denial, call.Harmless ? LogLevel.Debug : LogLevel.Warn);
    }
}
