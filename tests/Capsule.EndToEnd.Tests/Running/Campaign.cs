using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.Runtime.Supervision;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>
/// Runs that are struck at random moments, from their first instruction on: 1,000 rounds with <c>build/test --long</c>, else one
/// of each kind, which takes about 25 seconds. <c>CAPSULE_SEED</c> repeats a campaign.
/// </summary>
[TestClass]
public sealed class Campaign : IDisposable
{
    private static readonly int FirstUser = 300000 + (Environment.ProcessId % 1000 * 100);
    private static readonly int LastUser = FirstUser + 99;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly int Rounds = Environment.GetEnvironmentVariable("CAPSULE_LONG") == "1" ? 1000 : Strike.All.Length;

    private readonly CapsuleProgram _capsule = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("CAPSULE_SEED"), out var given) ? given : Environment.TickCount & 0xFFFFFF;
    private readonly int _port = Sdk.Port.Free();
    private readonly HashSet<int> _runners = [];
    private string _round = "";

    public required TestContext TestContext { get; init; }

    public void Dispose()
    {
        _http.Dispose();
        _capsule.Dispose();
    }

    [TestMethod]
    public async Task WhateverIsStruckWheneverNothingIsLeftAndTheNextRunStarts()
    {
        if (Environment.IsPrivilegedProcess)
        {
            // Users of its own, by which whatever a run left is found.
            File.WriteAllText(Path.Combine(_capsule.Home, "config.toml"), $"[sandbox]\nuid_range = \"{Text(FirstUser)}-{Text(LastUser)}\"\n");
        }

        _capsule.Write("app/capsule.toml", Programs.Native("serve.pl", "port = 4000"));
        _capsule.Write("app/serve.pl", Programs.PerlServer);
        TestContext.WriteLine($"seed {_seed}");
        var random = new Random(_seed);
        var watch = Stopwatch.StartNew();
        var longest = await RestartAsync();
        Strike[] strikes = [];
        for (var round = 0; round < Rounds; round++)
        {
            if (round % Strike.All.Length == 0)
            {
                strikes = [.. Strike.All];
                random.Shuffle(strikes);
            }

            var strike = strikes[round % Strike.All.Length];
            var moment = longest * (random.NextDouble() * 1.3);
            _round = $"seed {_seed}, round {round}: {strike} after {moment.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms";
            await StrikeAsync(strike, moment);
            var took = await RestartAsync();
            longest = took > longest ? took : longest;
        }

        TestContext.WriteLine($"{Rounds} rounds in {watch.Elapsed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s");
    }

    private async Task StrikeAsync(Strike strike, TimeSpan moment)
    {
        using var runner = _capsule.Start("run", "app", "--port", Text(_port));
        _runners.Add(runner.Id);
        await Task.Delay(moment);
        var ready = runner.All.Contains("listening on ", StringComparison.Ordinal);
        for (var end = DateTime.UtcNow + Patience; !strike.Hit(runner.Id); await Task.Delay(5))
        {
            Assert.IsFalse(runner.HasEnded, $"{_round}: it ended by itself: {runner.All}");
            Assert.IsLessThan(end, DateTime.UtcNow, $"{_round}: there is no {strike.Target}: {runner.All}");
        }

        if (!strike.OnRunner && !ready)
        {
            // A spawner or a cell that dies while others are made may be replaced: then the run goes on, and must answer.
            await EndOrListenAsync(runner);
            if (!runner.HasEnded)
            {
                await Task.Delay(TimeSpan.FromSeconds(2));
            }

            if (!runner.HasEnded)
            {
                Assert.AreEqual("shell", await _http.GetStringAsync(Address), _round);
                runner.Signal(LiveProgram.Terminate);
                strike = new Strike("runner", LiveProgram.Terminate);
            }
        }

        var ended = await runner.EndAsync(seconds: 40);
        int[] expected = strike.OnRunner ? [128 + strike.Signal] : [6, 7];
        Assert.IsTrue(expected.Contains(ended.ExitCode), $"{_round}: exit {ended.ExitCode}\n{ended.All}");
        Assert.IsFalse(ended.All.Contains("CAP9199", StringComparison.Ordinal) || ended.All.Contains("   at Capsule", StringComparison.Ordinal), $"{_round}\n{ended.All}");
        await NothingIsLeftAsync();
    }

    /// <summary>Starts on the same port at once, and stops; how long it took to answer.</summary>
    private async Task<TimeSpan> RestartAsync()
    {
        var watch = Stopwatch.StartNew();
        using var runner = _capsule.Start("run", "app", "--port", Text(_port));
        _runners.Add(runner.Id);
        await EndOrListenAsync(runner);
        Assert.IsFalse(runner.HasEnded, $"{_round}: it did not start again: {runner.All}");
        var took = watch.Elapsed;
        Assert.AreEqual("shell", await _http.GetStringAsync(Address), _round);
        runner.Signal(LiveProgram.Terminate);
        Assert.AreEqual(143, (await runner.EndAsync()).ExitCode, $"{_round}\n{runner.All}");
        await NothingIsLeftAsync();
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(_capsule.Home, "runs")))
        {
            Assert.IsEmpty(Leftovers.In(folder), $"{_round}: {folder} holds {string.Join(", ", Leftovers.In(folder))}");
        }

        return took;
    }

    private async Task EndOrListenAsync(LiveProgram runner)
    {
        for (var end = DateTime.UtcNow + (2 * Patience); !runner.HasEnded && !runner.All.Contains("listening on ", StringComparison.Ordinal); await Task.Delay(10))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, $"{_round}: it neither started nor ended: {runner.All}");
        }
    }

    private async Task NothingIsLeftAsync()
    {
        for (var end = DateTime.UtcNow + Patience; ; await Task.Delay(20))
        {
            var alive = Survivors();
            if (alive.Length == 0)
            {
                break;
            }

            Assert.IsLessThan(end, DateTime.UtcNow, $"{_round}: still alive: {string.Join("; ", alive.Select(p => $"{p} {HostProcesses.CommandLine(p)}"))}");
        }

        // The system gives their numbers again, in a long campaign also to runners of other tests.
        _runners.Clear();
        var port = new TcpListener(IPAddress.Loopback, _port);
        port.Start();
        port.Stop();
        var temporary = Directory.GetFileSystemEntries(_capsule.Temporary, "capsule-*");
        Assert.IsEmpty(temporary, $"{_round}: {string.Join(", ", temporary)}");
        Assert.IsFalse(RunList.All(new CapsuleHome(_capsule.Home)).Any(r => r.IsAlive), $"{_round}: a record says that it lives");
        Assert.IsFalse(File.ReadAllText("/proc/self/mountinfo").Contains(_capsule.Folder, StringComparison.Ordinal), $"{_round}: a mount is left");
    }

    /// <summary>By their variables, by the name of the spawner's socket, and by the users that only this campaign's cells have.</summary>
    private int[] Survivors() =>
    [
        .. HostProcesses.With($"CAPSULE_HOME={_capsule.Home}")
            .Union(HostProcesses.All().Where(p => _runners.Any(r => HostProcesses.CommandLine(p).Contains($" outer capsule-{Text(r)}-", StringComparison.Ordinal)) || IsOurs(HostProcesses.User(p))))
            .Where(HostProcesses.IsAlive),
    ];

    private static bool IsOurs(int user) => user >= FirstUser && user <= LastUser;

    private Uri Address => new($"http://127.0.0.1:{Text(_port)}/");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
