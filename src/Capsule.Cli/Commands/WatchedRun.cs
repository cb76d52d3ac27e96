using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Families;
using Capsule.Operations.Running;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule run --watch</c>: a project that is stopped and started again when its files change.</summary>
internal sealed class WatchedRun
{
    /// <summary>The public port of the first run, which those after it keep.</summary>
    public int? Port { get; private set; }

    public void Started(RunningPackage running) => Port ??= running.Address?.Port;

    /// <param name="context">The call.</param>
    /// <param name="options">What was given.</param>
    /// <param name="project">The folder or manifest of the project.</param>
    /// <param name="run">Runs it once, until it ends or is stopped.</param>
    /// <param name="check">Why a run could not start now; nothing when it can.</param>
    /// <param name="cancel">Ctrl-C.</param>
    public static async Task<Answer> RunAsync(
        VerbContext context, RunOptions options, string project, Func<WatchedRun, CancellationToken, Task<Answer>> run, Func<CancellationToken, Task<IReadOnlyList<Diagnostic>>> check, CancellationToken cancel)
    {
        var path = context.FullPath(project);
        if (Refusal(context, options, path) is { } reason)
        {
            return Answer.Failed([WatchDiagnostics.NotWatched.Now(project, reason)]);
        }

        var found = FamilyCatalog.Recognise(path);
        if (!found.Succeeded)
        {
            return Answer.Failed(found.Diagnostics);
        }

        var (manifest, selection) = (found.Value.ManifestPath, options.Selection.Read(context));
        var watch = new ProjectWatch(
            manifest,
            () => found.Value.Family.Compile(new CompileRequest { ManifestPath = manifest, Target = selection.Target, Options = selection.Options, Variants = selection.Variants }, cancel),
            problems =>
            {
                context.Voice.Tell(problems);
                context.Say("watch: what runs is as it was before; waiting for the next change");
            });
        var watched = new WatchedRun();
        while (true)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var running = OnceAsync(watched, run, stop.Token);
            var ended = running.ContinueWith(task => Tell(context, task, stop.Token), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            try
            {
                await ChangeAsync(context, watch, Path.GetDirectoryName(manifest)!, check, stop.Token);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                await ended;
                return new Answer { Exit = Interruption.Exit };
            }

            await stop.CancelAsync();
            await ended;
        }
    }

    private static string? Refusal(VerbContext context, RunOptions options, string path) =>
        context.Get(options.Detach) ? "a run in the background has nobody to tell what is wrong"
        : options.Secrets.HasInput(context) ? "a secret from the standard input can be read only once"
        : Directory.Exists(path) || File.Exists(path) ? null
        : "it is no project of yours";

    private static async Task<Answer?> OnceAsync(WatchedRun watched, Func<WatchedRun, CancellationToken, Task<Answer>> run, CancellationToken stop)
    {
        try
        {
            return await run(watched, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (RefusedException refused)
        {
            return Answer.Failed([refused.Diagnostic]);
        }
    }

    /// <summary>It ended by itself, or did not start.</summary>
    private static void Tell(VerbContext context, Task<Answer?> run, CancellationToken stop)
    {
        if (!stop.IsCancellationRequested && run is { IsCompletedSuccessfully: true, Result: { } answer })
        {
            context.Voice.Tell(answer.Diagnostics);
            context.Say("watch: it has ended; waiting for a change");
        }
    }

    private static async Task ChangeAsync(VerbContext context, ProjectWatch watch, string folder, Func<CancellationToken, Task<IReadOnlyList<Diagnostic>>> check, CancellationToken cancel)
    {
        while (true)
        {
            var changed = await watch.NextAsync(cancel);
            var problems = await check(cancel);
            if (problems.All(p => !p.IsError))
            {
                var first = Path.GetRelativePath(folder, changed[0]);
                context.Say($"watch: {(changed.Count == 1 ? first : $"{first} and {changed.Count - 1} more")} changed; starting again");
                return;
            }

            context.Voice.Tell(problems);
            context.Say("watch: what runs is as it was before; waiting for the next change");
        }
    }
}
