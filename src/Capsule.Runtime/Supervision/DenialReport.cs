using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Sandbox.Refusals;

namespace Capsule.Runtime.Supervision;

/// <summary>
/// Writes what a process was refused, and by the way what it was allowed, into the run's log: each destination once, and no more
/// lines than a person could read, for a workload can ask for any number of names.
/// </summary>
internal sealed class DenialReport(ProcessPlan plan, RunLog log)
{
    internal const int MostLines = 500;
    internal const string Destination = "{destination}";
    private const string Endpoint = "{endpoint}";

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly CallDenials _calls = new(plan, log);

    public void Add(EgressDecision decision)
    {
        if (!IsNew(decision.ToString()))
        {
            return;
        }

        if (decision.Refusal is null)
        {
            log.Add(new LogLine(DateTimeOffset.UtcNow, plan.Id, "runner", LogLevel.Debug, $"network: {decision}"));
            return;
        }

        var (permission, grant) = Wider(decision);
        var origin = permission?.Origin;
        Write(
            NetworkDiagnostics.EgressDenied.Now(plan.Id, decision.IsLookup ? "look up" : "connect to", decision.Destination, decision.Refusal),
            new Denial(
                plan.Id, decision.IsLookup ? DeniedOperation.Resolve : DeniedOperation.Connect, decision.Destination, decision.Refusal,
                permission?.Id, grant, origin?.File, origin?.Range?.Line, origin?.Range?.Column));
    }

    /// <summary>A path of another process that the edge to it does not have.</summary>
    public void Add(PeerEdge edge, string path)
    {
        var target = $"{edge.Target} {EgressDecision.Printable(path)}";
        if (!IsNew(target))
        {
            return;
        }

        var (decided, wider) = (edge.Allowed[0].Permission, edge.Allowed[0].EndpointGrant);
        var known = string.Join(", ", edge.Allowed.Select(p => p.Endpoint));
        Write(
            NetworkDiagnostics.PeerDenied.Now(plan.Id, EgressDecision.Printable(path), edge.Target, known),
            new Denial(
                plan.Id, DeniedOperation.Call, target, $"the connection has no such endpoint, only {known}", decided?.Id,
                IsEndpoint(path) ? wider?.Replace(Endpoint, path, StringComparison.Ordinal) : null,
                decided?.Origin.File, decided?.Origin.Range?.Line, decided?.Origin.Range?.Column));
    }

    /// <summary>A limit that ended a process cannot be told by the process itself.</summary>
    public void Exceeded(ExceededLimit limit) => Write(
        limit.Problem,
        new Denial(
            plan.Id, DeniedOperation.Exceed, limit.Name, limit.Problem.Message, $"limits:{plan.Id}", null,
            plan.Origin?.File, plan.Origin?.Range?.Line, plan.Origin?.Range?.Column, Value: limit.Value));

    /// <summary>Trouble of the runner's own with what the process wants, which no permission would mend.</summary>
    public void Say(Diagnostic problem) =>
        log.Add(new LogLine(DateTimeOffset.UtcNow, plan.Id, "runner", LogLevel.Warn, $"{problem.Code}: {problem.Message}"));

    /// <summary>A system call that is refused (<see cref="CallDenials"/>).</summary>
    public void Refused(RefusedCall call, int thread) => _calls.Add(call, thread);

    /// <summary>Once the process has ended: everything is written.</summary>
    public Task FinishAsync() => _calls.FinishAsync();

    internal static void Write(ProcessPlan plan, RunLog log, Diagnostic problem, Denial denial, LogLevel level)
    {
        var allow = denial.Grant is { } grant ? $" To allow it, write: {grant.ReplaceLineEndings(" ")}" : "";
        var place = denial.Place.Length > 0 ? $" ({denial.Place})" : "";
        log.Add(new LogLine(DateTimeOffset.UtcNow, plan.Id, "runner", level, $"{problem.Code}: {problem.Message}{allow}{place}", Denial: denial));
    }

    private void Write(Diagnostic problem, Denial denial) => Write(plan, log, problem, denial, LogLevel.Warn);

    /// <summary>The permission that decided and, where a line of the manifest would help, that line.</summary>
    private (Permission? Permission, string? Grant) Wider(EgressDecision decision) => (decision.Grantable, plan.EgressGrant) switch
    {
        (true, { } single) => (single, single.Grant.Replace(Destination, decision.Destination, StringComparison.Ordinal)),
        (true, null) => (plan.Network.Permission, plan.Network.Permission?.Grant),
        _ => (plan.Network.Permission, null),
    };

    /// <summary>True for a path that can stand in a manifest as it is.</summary>
    private static bool IsEndpoint(string path) =>
        path.Length is > 1 and <= 253 && path[0] == '/' && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or '~') && !path.EndsWith('/');

    private bool IsNew(string decision)
    {
        lock (_seen)
        {
            if (_seen.Count > MostLines || !_seen.Add(decision))
            {
                return false;
            }

            if (_seen.Count <= MostLines)
            {
                return true;
            }
        }

        log.Add(new LogLine(DateTimeOffset.UtcNow, plan.Id, "runner", LogLevel.Warn, "network: further destinations of this process are not logged"));
        return false;
    }
}
