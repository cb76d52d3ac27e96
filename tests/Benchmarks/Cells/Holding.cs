using System.Diagnostics;
using System.Globalization;
using System.Text;
using Capsule.Core.Plans;

namespace Capsule.Benchmarks.Cells;

/// <summary>The memory of a runner that holds cells: its share of what is resident, in megabytes; the workloads' own is not in it.</summary>
internal static class Holding
{
    public static async Task RunAsync(Bench bench, string runner)
    {
        double none;
        await using (await bench.StartAsync(Plan(1)))
        {
            none = Of(Environment.ProcessId);
        }

        foreach (var cells in new[] { 10, 50 })
        {
            await using var running = await bench.StartAsync(Plan(cells));
            Bench.Report($"memory of a runner with {cells} cells / with one", Of(Environment.ProcessId), none, "MB");
        }

        Bench.Report("memory of capsule run, a Kit of 10 workloads / of one", await KitAsync(bench, runner, 10), await KitAsync(bench, runner, 1), "MB");
    }

    /// <summary>The whole program, from its start to where it waits, with a Kit whose workloads sleep.</summary>
    private static async Task<double> KitAsync(Bench bench, string runner, int workloads)
    {
        var kit = bench[$"kit{workloads}"];
        var manifest = new StringBuilder("version: '1'\nname: bench\nworkloads:\n");
        foreach (var id in Enumerable.Range(0, workloads).Select(i => $"w{i}"))
        {
            manifest.Append(CultureInfo.InvariantCulture, $"  {id}: {{endpoints: [], runtime: {{source: {{toolchain: bun, start: {{command: exec sleep 1000}}}}}}}}\n");
            Directory.CreateDirectory(Path.Combine(kit, "workloads", id));
            await File.WriteAllTextAsync(Path.Combine(kit, "workloads", id, "index.js"), "");
        }

        await File.WriteAllTextAsync(Path.Combine(kit, "capability.yml"), manifest.ToString());
        using var process = Process.Start(new ProcessStartInfo("dotnet", [runner, "run", kit, "--port", "0"]) { RedirectStandardError = true })!;
        var ready = 0;
        while (ready < workloads && await process.StandardError.ReadLineAsync() is { } line)
        {
            ready += line.EndsWith(" is ready", StringComparison.Ordinal) ? 1 : 0;
        }

        var memory = ready == workloads ? Of(process.Id) : throw new InvalidOperationException($"{ready} of {workloads} workloads got ready");
        process.Kill();
        await process.WaitForExitAsync();
        return memory;
    }

    private static LaunchPlan Plan(int cells) => Bench.Plan(
        [.. Enumerable.Range(0, cells).Select(i => new CellPlan
        {
            Id = $"cell{i}",
            Processes = [new ProcessPlan { Id = $"cell{i}/start", Stage = ProcessStage.Start, Argv = ["/bin/sleep", "1000"], Cwd = "/tmp" }],
        })]);

    private static double Of(int process)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/smaps_rollup")).First(l => l.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
