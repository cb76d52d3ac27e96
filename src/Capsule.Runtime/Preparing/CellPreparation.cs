using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Preparing;

/// <summary>Whether the prepare commands of a cell have to run. What goes wrong with the cache costs time, never the run.</summary>
internal sealed class CellPreparation(CellStage stage, IReadOnlyList<ProcessPlan> commands, RunLog log)
{
    private readonly PreparedResult _result = new(stage.PreparedFolder);

    /// <summary>The key of the result; null when it cannot be kept: what commands leave in a declared output is the run's own.</summary>
    public string? Key(Func<ProcessPlan, IReadOnlyDictionary<string, string>> environment, IEnumerable<string> offered, CancellationToken cancel) =>
        stage.Copies.Count == 0 || stage.Plan.Mounts.Any(m => m.Kind is MountKind.Output) ? null
        : PreparationKey.Of(stage.Copies, commands, environment, stage.Toolchains, offered, cancel);

    /// <summary>True when nothing has changed since the commands ran, and the copies hold their result. Throws <see cref="RefusedException"/>.</summary>
    public bool Restore(string? key, CancellationToken cancel)
    {
        try
        {
            if (key is null || !_result.Restore(key, stage.Copies, cancel))
            {
                return false;
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(SupervisionDiagnostics.NotCopied.Now(stage.Plan.Id, problem.Message));
        }

        log.Say($"{string.Join(", ", commands.Select(c => c.Id))}: nothing has changed since the last time, so its result is taken from the cache");
        return true;
    }

    public void Keep(string? key, CancellationToken cancel)
    {
        if (key is null)
        {
            return;
        }

        try
        {
            _result.Keep(key, stage.Copies, cancel);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            log.Say($"{stage.Plan.Id}: the result of its preparation is not kept: {problem.Message}", LogLevel.Warn);
            Forget();
        }
    }

    private void Forget()
    {
        try
        {
            _result.Forget();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Without its key it is no result; the next one that is kept takes its place.
            log.Say($"{stage.Plan.Id}: {problem.Message}", LogLevel.Debug);
        }
    }
}
