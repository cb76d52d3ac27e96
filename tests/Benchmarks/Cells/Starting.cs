using Capsule.Runtime.Sandbox;

namespace Capsule.Benchmarks.Cells;

/// <summary>A cell opened, /bin/true run in it and the cell closed, by a warm runner.</summary>
internal static class Starting
{
    public static async Task RunAsync(Bench bench)
    {
        var times = await Bench.MediansAsync(bench.Rounds * 10, () => CellAsync(bench.Sandbox), () => ByHand.ConfinedAsync("/bin/true"), () => ByHand.RunAsync("/bin/true"));
        Bench.Report("cell opened, /bin/true, closed / bubblewrap by hand", times[0], times[1]);
        Bench.Report("cell opened, /bin/true, closed / bare process", times[0], times[2]);
    }

    private static async Task CellAsync(ISandbox sandbox)
    {
        await using var cell = Bench.Of(await sandbox.OpenAsync(new CellRequest { Name = "bench/cell", Mounts = [] }, default));
        var request = new CellProcessRequest { Name = "bench/true", Argv = ["/bin/true"], Cwd = "/", Env = new Dictionary<string, string>() };
        ByHand.Check(await Bench.Of(await cell.StartAsync(request, default)).Exited, "/bin/true");
    }
}
