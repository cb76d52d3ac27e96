using System.Diagnostics;
using Capsule.Runtime.Sandbox;

// Prints two medians in milliseconds: a cell opened, /bin/true run in it and the cell closed by a warm runner; and
// bubblewrap started by hand with the same namespaces and system folders around /bin/true.
//   SandboxStart INIT ROUNDS
var rounds = int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture);
var leases = Directory.CreateTempSubdirectory("capsule-bench-");
try
{
    await using var sandbox = new BubblewrapSandbox(new SandboxOptions { InitPath = args[0], UidRange = new UidRange(310000, 310099), LeaseFolder = leases.FullName });
    var (ours, byHand) = (new List<double>(), new List<double>());
    for (var round = -2; round < rounds; round++)
    {
        // Turn by turn, so that what else the machine does falls on both.
        var (mine, other) = (await TimeAsync(OurCellAsync), await TimeAsync(BubblewrapAsync));
        if (round >= 0)
        {
            ours.Add(mine);
            byHand.Add(other);
        }
    }

    Console.WriteLine(FormattableString.Invariant($"{Median(ours):0.0} {Median(byHand):0.0}"));
    return 0;

    async Task OurCellAsync()
    {
        var opened = await sandbox.OpenAsync(new CellRequest { Name = "bench/cell", Mounts = [] }, default);
        await using var cell = opened.Value ?? throw new InvalidOperationException(opened.Diagnostics[0].Message);
        var started = await cell.StartAsync(
            new CellProcessRequest { Name = "bench/true", Argv = ["/bin/true"], Cwd = "/", Env = new Dictionary<string, string>() }, default);
        var process = started.Value ?? throw new InvalidOperationException(started.Diagnostics[0].Message);
        Check(await process.Exited);
    }
}
finally
{
    leases.Delete(recursive: true);
}

static async Task BubblewrapAsync()
{
    string[] walls = ["--unshare-all", "--unshare-user", "--disable-userns", "--uid", "1000", "--gid", "1000", "--die-with-parent", "--as-pid-1", "--new-session", "--clearenv", "--cap-drop", "ALL"];
    string[] folders = ["--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"];
    using var process = Process.Start("bwrap", [.. walls, .. folders, "/bin/true"]);
    await process.WaitForExitAsync();
    Check(process.ExitCode);
}

static async Task<double> TimeAsync(Func<Task> work)
{
    var start = Stopwatch.GetTimestamp();
    await work();
    return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static void Check(int exit)
{
    if (exit != 0)
    {
        throw new InvalidOperationException($"/bin/true ended with {exit}");
    }
}
