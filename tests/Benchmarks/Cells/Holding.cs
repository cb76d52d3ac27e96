using System.Diagnostics;
using System.Globalization;
using Capsule.Core.Plans;

namespace Capsule.Benchmarks.Cells;

/// <summary>The memory of a runner that holds cells: its share of what is resident, in megabytes; the workloads' own is not in it.</summary>
internal static class Holding
{
    public static async Task RunAsync(Bench bench)
    {
        double none;
        await using (await bench.StartAsync(Plan(1)))
        {
            none = Own();
        }

        foreach (var cells in new[] { 10, 50 })
        {
            await using var running = await bench.StartAsync(Plan(cells));
            Bench.Report($"memory of a runner with {cells} cells / with one", Own(), none, "MB");
        }
    }

    private static LaunchPlan Plan(int cells) => Bench.Plan(
        [.. Enumerable.Range(0, cells).Select(i => new CellPlan
        {
            Id = $"cell{i}",
            Processes = [new ProcessPlan { Id = $"cell{i}/start", Stage = ProcessStage.Start, Argv = ["/bin/sleep", "1000"], Cwd = "/tmp" }],
        })]);

    private static double Own()
    {
        var line = File.ReadLines($"/proc/{Process.GetCurrentProcess().Id}/smaps_rollup").First(l => l.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
