using System.Diagnostics;
using System.Text.Json;
using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Supervision;

/// <summary>A recorded run and whether it lives.</summary>
public sealed record ListedRun(RunRecord Record, bool IsAlive);

/// <summary>What <c>ps</c>, <c>stop</c> and <c>logs</c> know: the records under <c>runs/</c>. There is no daemon.</summary>
public static class RunList
{
    private const int Terminate = 15;
    private const int Kill = 9;

    /// <summary>All recorded runs, the newest first.</summary>
    public static IReadOnlyList<ListedRun> All(CapsuleHome home) =>
    [
        .. Directory.EnumerateDirectories(home.Runs).Select(Read).OfType<ListedRun>().OrderByDescending(r => r.Record.Started),
    ];

    /// <summary>A run by its id, the start of its id, or the package's name; living runs win over dead ones.</summary>
    /// <param name="home">Where runs are recorded.</param>
    /// <param name="name">What the user wrote.</param>
    /// <param name="commands">False to look past the sandboxes of single commands.</param>
    public static Result<ListedRun> Find(CapsuleHome home, string name, bool commands = true)
    {
        var all = All(home).Where(r => commands || !r.Record.IsCommand).ToList();
        var matches = all.Where(r => r.Record.Id == name).ToList();
        if (matches.Count == 0)
        {
            matches = [.. all.Where(r => r.Record.Id.StartsWith(name, StringComparison.Ordinal) || FullName(r.Record) == name)];
        }

        if (matches.Count > 1 && matches.Any(m => m.IsAlive))
        {
            matches.RemoveAll(m => !m.IsAlive);
        }

        return matches switch
        {
            [] => SupervisionDiagnostics.NoSuchRun.Now(name),
            [var one] => one,
            // Among dead runs of one package the last is meant.
            [var newest, ..] when !newest.IsAlive => newest,
            _ => SupervisionDiagnostics.SeveralRuns.Now(name, string.Join(", ", matches.Select(m => m.Record.Id))),
        };
    }

    /// <summary>Asks a run's runner to stop and waits until it has. With force, its runner is killed after that, and every process with it.</summary>
    public static async Task<Result<ListedRun>> StopAsync(CapsuleHome home, string name, TimeSpan patience, bool force, CancellationToken cancel)
    {
        var found = Find(home, name);
        if (!found.Succeeded || !found.Value.IsAlive)
        {
            return found;
        }

        var run = found.Value.Record;
        run.Runner.Signal(Terminate);
        if (!await EndsAsync(home, run.Id, patience, cancel))
        {
            if (!force)
            {
                return SupervisionDiagnostics.NotStopped.Now(run.Id, patience.TotalSeconds);
            }

            run.Runner.Signal(Kill);
            if (!await EndsAsync(home, run.Id, TimeSpan.FromSeconds(5), cancel))
            {
                return SupervisionDiagnostics.NotStopped.Now(run.Id, patience.TotalSeconds);
            }
        }

        return Read(Path.Combine(home.Runs, run.Id)) is { } ended ? ended : found.Value with { IsAlive = false };
    }

    private static string FullName(RunRecord record) =>
        record.Package.Scope is { } scope && record.Package.Name.Length > 0 ? $"{scope}/{record.Package.Name}" : record.Package.Name;

    private static async Task<bool> EndsAsync(CapsuleHome home, string id, TimeSpan patience, CancellationToken cancel)
    {
        var file = Path.Combine(home.Runs, id, RunFolder.LockName);
        var clock = Stopwatch.StartNew();
        while (FileLock.IsHeld(file))
        {
            if (clock.Elapsed > patience)
            {
                return false;
            }

            await Task.Delay(50, cancel);
        }

        return true;
    }

    private static ListedRun? Read(string folder)
    {
        try
        {
            var record = JsonSerializer.Deserialize<RunRecord>(File.ReadAllBytes(Path.Combine(folder, RunFolder.RecordName)), RunRecord.Json);
            return record is null ? null : new ListedRun(record, FileLock.IsHeld(Path.Combine(folder, RunFolder.LockName)));
        }
        catch (Exception problem) when (problem is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
