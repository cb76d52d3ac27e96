using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Families;
using Capsule.Runtime.Shadows;
using Capsule.Runtime.Supervision;

namespace Capsule.Operations.Running;

/// <summary>
/// Runs a command over a private copy of a project, in the sandbox that its processes have, and writes back what it changed
/// (specs: sandbox 2, kits 4).
/// </summary>
public static class ProjectCommand
{
    /// <summary>Prepares the cells, runs the command in each, and writes back after each.</summary>
    public static async Task<Result<ProjectCommandEnd>> RunAsync(ProjectCommandRequest request, CancellationToken cancel)
    {
        var package = request.Package.Package;
        if (request.Package.Installed && request.WriteBack)
        {
            return RunningDiagnostics.NothingToWriteBackTo.Now(package.Package.Name);
        }

        if (package.Launch is not { } launch)
        {
            return package.LaunchNotYet.Count > 0 ? Result.Failed<ProjectCommandEnd>(package.LaunchNotYet) : RunningDiagnostics.NoLaunch.Now(package.Package.Name, package.Package.Family);
        }

        var cells = Choose(launch, request);
        if (!cells.Succeeded)
        {
            return Result.Failed<ProjectCommandEnd>(cells.Diagnostics);
        }

        var plan = launch with { Cells = [.. cells.Value.Select(c => OfCommand(c, request.Prepare))], Public = [], PublicPort = null, Relays = null };
        var run = request.Package with
        {
            Package = package with { Launch = plan },
            WriteBack = request.WriteBack ? new WriteBackRules { IsManifest = name => FamilyCatalog.All.Any(f => f.Recognises(name)) } : null,
            IsCommand = true,
        };
        var prepared = await PackageRunner.PrepareAsync(run, cancel);
        if (!prepared.Succeeded)
        {
            return Result.Failed<ProjectCommandEnd>(prepared.Diagnostics);
        }

        await using var ready = prepared.Value;
        return await RunAsync(ready, plan, request, cancel);
    }

    private static async Task<Result<ProjectCommandEnd>> RunAsync(PreparedRun run, LaunchPlan plan, ProjectCommandRequest request, CancellationToken cancel)
    {
        var end = new ProjectCommandEnd(run.Id, 0, WriteBackReport.Nothing);
        foreach (var cell in plan.Cells)
        {
            var ran = await run.ExecAsync(request.Command(cell.Id), cancel);
            if (!ran.Succeeded)
            {
                return Result.Failed<ProjectCommandEnd>(ran.Diagnostics);
            }

            var written = ran.Value.Written;
            end = new ProjectCommandEnd(run.Id, ran.Value.ExitCode, new WriteBackReport([.. end.Written.Outcomes, .. written.Outcomes], [.. end.Written.Problems, .. written.Problems]));
            if (end.ExitCode != 0 || end.Written.Problems.Count > 0 || cancel.IsCancellationRequested)
            {
                break;
            }
        }

        return end;
    }

    private static Result<IReadOnlyList<CellPlan>> Choose(LaunchPlan plan, ProjectCommandRequest request)
    {
        var ids = string.Join(", ", plan.Cells.Select(c => c.Id));
        if (plan.Cells.Count == 0)
        {
            return RunningDiagnostics.NoCell.Now(plan.Package.Name);
        }

        if (request.All)
        {
            return Result.Of(plan.Cells);
        }

        if (request.Process is { } wanted)
        {
            var found = plan.Cells.Where(c => c.Id == wanted || c.Processes.Any(p => p.Id == wanted)).ToArray();
            return found.Length > 0 ? Result.Of<IReadOnlyList<CellPlan>>(found) : RunningDiagnostics.NoSuchCell.Now(wanted, ids);
        }

        return plan.Cells.Count == 1 ? Result.Of(plan.Cells) : RunningDiagnostics.SeveralCells.Now(ids);
    }

    /// <summary>The tree that a process may only read is the command's to change: it is a copy.</summary>
    private static CellPlan OfCommand(CellPlan cell, bool prepare) => cell with
    {
        Mounts = [.. cell.Mounts.Select(m => m.Kind is MountKind.Tree or MountKind.Work ? m with { Kind = MountKind.Work, Access = MountAccess.ReadWrite, Source = m.Source ?? "" } : m)],

        // Nothing of them starts: what they call and wait for need not be there.
        Processes = [.. cell.Processes.Where(p => prepare || p.Stage is not ProcessStage.Prepare).Select(p => p with { Peers = [], DependsOn = [] })],
    };
}

/// <summary>How a command in a project ended.</summary>
/// <param name="Run">The id under which its log is kept.</param>
/// <param name="ExitCode">The command's own; with several cells the last one's.</param>
/// <param name="Written">What became of every file that it changed.</param>
public sealed record ProjectCommandEnd(string Run, int ExitCode, WriteBackReport Written);
