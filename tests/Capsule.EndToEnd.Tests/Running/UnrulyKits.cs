using System.Globalization;
using System.Text.RegularExpressions;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A Kit whose workload takes whatever it can get. It gets what its walls grant; the runner stays small, and stops it with all it started.</summary>
[TestClass]
public sealed partial class UnrulyKits : IDisposable
{
    private const string Workload = """
        import { spawn, spawnSync } from "node:child_process";
        process.on("SIGTERM", () => console.log("not now"));
        spawn("setsid", ["sleep", "1000"], { detached: true });
        const sh = (line: string) => { const r = spawnSync("sh", ["-c", line], { encoding: "utf8" }); return Response.json({ code: r.status, out: r.stdout, err: r.stderr.slice(0, 300) }); };
        Bun.serve({
          unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice("unix:".length),
          idleTimeout: 0,
          async fetch(request: Request) {
            switch (new URL(request.url).pathname) {
              case "/http/fill": return sh("head -c 1100M /dev/zero > /tmp/all; e=$?; rm -f /tmp/all; exit $e");
              case "/http/fork": return sh("perl -e 'my $n = 0; for (1..4000) { my $p = fork; defined $p or last; if (!$p) { close STDOUT; close STDERR; sleep 600; exit } $n++ } print $n; exit 0'");
              case "/http/flood": {
                const line = "x".repeat(4000) + "\n";
                for (let i = 0; i < 15000; i++) if (!process.stdout.write(line)) await new Promise((d) => process.stdout.once("drain", d));
                console.log("the end of the flood");
                return Response.json("flooded");
              }
              default: return Response.json("alive");
            }
          },
        });
        """;

    private readonly CapsuleProgram _capsule = new();

    public required TestContext TestContext { get; init; }

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task GetWhatTheirWallsGrantAndAreStopped()
    {
        _capsule.Write("kit/capability.yml", Programs.Kit());
        _capsule.Write("kit/workloads/hello/index.ts", Workload);
        await _capsule.HoldingAsync("bun");
        using var run = await RunningRun.DetachAsync(_capsule, "kit");

        var taken = await _capsule.RefusesAsync(9, "CAP5300", "run", "kit", "--port", run.Address.Port.ToString(CultureInfo.InvariantCulture));
        StringAssert.Contains(taken.Error, run.Id, "who holds the port is named");

        var filled = await run.GetJsonAsync("/fill");
        Assert.AreNotEqual(0, (int)filled["code"]!, filled.ToJsonString());
        StringAssert.Contains((string?)filled["err"], "No space left");

        var forked = await run.GetJsonAsync("/fork");
        Assert.IsLessThan(2100, int.Parse((string)forked["out"]!, CultureInfo.InvariantCulture), "as many processes as a workload may have");
        Assert.AreEqual("alive", (string?)await run.GetJsonAsync("/"), "the server itself goes on");

        await run.GetJsonAsync("/flood");
        var logs = new DirectoryInfo(Path.Combine(_capsule.Home, "logs", run.Id)).GetFiles();
        Assert.IsLessThan(22L << 20, logs.Sum(f => f.Length), "two files of 10 MiB at most");
        await UntilLoggedAsync(run, "the end of the flood");
        var peak = long.Parse(Peak().Match(await File.ReadAllTextAsync($"/proc/{run.RunnerPid}/status")).Groups[1].Value, CultureInfo.InvariantCulture);
        TestContext.WriteLine($"the runner had {peak >> 10} MiB at most");
        Assert.IsLessThan(400L << 10, peak, "KiB that the runner ever had, after 60 MB of log");

        var left = Leftovers.Of(_capsule, run.RunnerPid, run.Address.Port);
        var began = DateTime.UtcNow;
        await _capsule.DoAsync("stop", run.Id);
        Assert.IsGreaterThan(4, (DateTime.UtcNow - began).TotalSeconds, "it had its grace");
        await left.AreGoneAsync();
        await UntilLoggedAsync(run, "not now");
    }

    private async Task UntilLoggedAsync(RunningRun run, string text)
    {
        var file = Path.Combine(_capsule.Home, "logs", run.Id, "hello-start.log");
        for (var end = DateTime.UtcNow.AddSeconds(60); !(await ReadAsync(file)).Contains(text, StringComparison.Ordinal); await Task.Delay(50))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, $"it never said {text}");
        }
    }

    private static async Task<string> ReadAsync(string file)
    {
        await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        open.Seek(-Math.Min(open.Length, 20_000), SeekOrigin.End);
        using var reader = new StreamReader(open);
        return await reader.ReadToEndAsync();
    }

    [GeneratedRegex(@"VmHWM:\s+(\d+) kB", RegexOptions.CultureInvariant)]
    private static partial Regex Peak();
}
