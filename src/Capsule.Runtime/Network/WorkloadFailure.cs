using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;
using Microsoft.AspNetCore.Http;

namespace Capsule.Runtime.Network;

/// <summary>How a workload left a request without an answer.</summary>
internal enum WorkloadFailureKind
{
    /// <summary>No connection came about.</summary>
    NotReached,

    /// <summary>The connection ended before the answer did, or what came was no HTTP.</summary>
    NoAnswer,

    /// <summary>It took longer than it may.</summary>
    TooSlow,
}

/// <summary>Why there is no answer.</summary>
/// <param name="Kind">What kind of failure.</param>
/// <param name="Reason">In words, without a full stop.</param>
internal sealed record WorkloadFailure(WorkloadFailureKind Kind, string Reason)
{
    /// <summary>503 for a process that could not be started for a call, 504 for one that did not get ready in its time.</summary>
    public static int StatusOf(Diagnostic unready) => unready.Kind == SupervisionDiagnostics.NotReady ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status503ServiceUnavailable;

    /// <summary>The words for a caller whose request took this route.</summary>
    public Diagnostic Of(PublicRoute route) => Kind is WorkloadFailureKind.TooSlow && route.TimeoutMilliseconds is { } most
        ? NetworkDiagnostics.TooSlow.Now(route.Process, most)
        : NetworkDiagnostics.NoAnswer.Now(route.Process, Reason);
}
