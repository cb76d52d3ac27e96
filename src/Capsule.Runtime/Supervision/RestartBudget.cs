using Capsule.Core.Plans;

namespace Capsule.Runtime.Supervision;

/// <summary>Counts the starts of one process and says how long to wait before the next.</summary>
internal sealed class RestartBudget(RestartPlan? plan)
{
    private const int Failure = 1;
    private readonly RestartPlan _plan = plan ?? new RestartPlan();

    /// <summary>Starts after the first, since it last stayed up.</summary>
    public int Attempt { get; private set; }

    /// <summary>Starts after the first, in all.</summary>
    public int Total { get; private set; }

    /// <summary>For a line of the log: which attempt comes, and of how many.</summary>
    public string Place => _plan.Attempts is { } most ? $"attempt {Attempt} of {most}" : $"attempt {Attempt}";

    /// <summary>True once it would be started again, had it not used up its attempts.</summary>
    public bool IsUsedUp(int exitCode) => Applies(exitCode) && _plan.Attempts is { } most && Attempt >= most;

    /// <summary>The wait before the next start; null when there is none.</summary>
    /// <param name="exitCode">What it ended with.</param>
    /// <param name="up">How long it was ready.</param>
    public TimeSpan? Next(int exitCode, TimeSpan up)
    {
        if (up >= TimeSpan.FromSeconds(_plan.StaysUpSeconds))
        {
            Attempt = 0;
        }

        if (!Applies(exitCode) || IsUsedUp(exitCode))
        {
            return null;
        }

        // Doubled thirty times it is past every cap; more would overflow.
        const int MostDoublings = 30;
        var wait = _plan.FirstWaitMilliseconds * Math.Pow(2, Math.Min(Attempt, MostDoublings));
        Attempt++;
        Total++;
        return TimeSpan.FromMilliseconds(Math.Min(wait, _plan.LongestWaitMilliseconds));
    }

    /// <summary>A start that did not become ready is a failure, whatever its exit code.</summary>
    public TimeSpan? NextAfterFailedStart() => Next(Failure, TimeSpan.Zero);

    private bool Applies(int exitCode) => _plan.When is RestartCondition.Always || (_plan.When is RestartCondition.OnFailure && exitCode != 0);
}
