using System.Diagnostics;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Toolchains;

namespace Capsule.Benchmarks.Cells;

/// <summary>A warm runner with a folder of its own, and the lines it reports.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("capsule-bench-");
    private readonly string _home;

    public Bench(string init, string home, int rounds)
    {
        (_home, Rounds) = (home, rounds);
        Sandbox = new BubblewrapSandbox(new SandboxOptions { InitPath = init, UidRange = new UidRange(310000, 310199), LeaseFolder = Path.Combine(_folder.FullName, "uids") });
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "tree"));
    }

    public int Rounds { get; }

    public ISandbox Sandbox { get; }

    public string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file of the package that is run.</summary>
    public void Write(string name, string content) => File.WriteAllText(Path.Combine(this["tree"], name), content);

    public RunRequest Request(LaunchPlan plan) => new()
    {
        Plan = plan,
        TreeDirectory = this["tree"],
        Home = new CapsuleHome(_home),
        Sandbox = Sandbox,
        Toolchains = new ToolchainResolver(new CapsuleHome(_home)),
    };

    public static LaunchPlan Plan(params CellPlan[] cells) =>
        new() { Package = new PackageReference(FamilyNames.Capsule, "bench", "bench", "1.0.0"), Cells = cells };

    public async Task<RunningPackage> StartAsync(LaunchPlan plan) => Of(await RunEngine.StartAsync(Request(plan), default));

    public async Task<string> BunAsync()
    {
        var bun = Of(await new ToolchainResolver(new CapsuleHome(_home)).ResolveAsync(new ToolchainPlan("bun"), default));
        return Path.Combine(bun.Directory, bun.Program);
    }

    public static T Of<T>(Result<T> result) where T : class =>
        result.Value ?? throw new InvalidOperationException($"{result.Diagnostics[0].Code}: {result.Diagnostics[0].Message}");

    /// <summary>Times several pieces of work turn by turn, so that what else the machine does falls on all; their medians in milliseconds.</summary>
    public static async Task<double[]> MediansAsync(int rounds, params Func<Task>[] work)
    {
        var times = work.Select(_ => new List<double>()).ToArray();
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < work.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await work[i]();
                if (round >= 0)
                {
                    times[i].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        }

        return [.. times.Select(Median)];
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    public static void Report(string what, double ours, double peer, string unit = "ms") =>
        Console.WriteLine(FormattableString.Invariant($"{what,-62} {ours,9:0.0} {unit,-2} {peer,8:0.0} {unit,-2}   x{ours / peer:0.00}"));

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
