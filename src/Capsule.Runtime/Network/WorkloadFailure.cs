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
internal sealed record WorkloadFailure(WorkloadFailureKind Kind, string Reason);
