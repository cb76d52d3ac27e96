using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>Fifty packages at once on one machine, each with a runner of its own: sites, programs, and servers of python.</summary>
[TestClass]
public sealed partial class SideBySide : IDisposable
{
    private const int Packages = 50;

    /// <summary>So many start at a time; the tests' machines have two processors.</summary>
    private const int AtATime = 6;

    private readonly CapsuleProgram _capsule = new();
    private readonly List<LiveProgram> _runners = [];

    public required TestContext TestContext { get; init; }

    public void Dispose()
    {
        _runners.ForEach(r => r.Dispose());
        _capsule.Dispose();
    }

    [TestMethod]
    public async Task FiftyAnswerEachForItselfAndEndWithOneStop()
    {
        using var turns = new SemaphoreSlim(AtATime);
        var clock = Stopwatch.StartNew();
        var runs = await Task.WhenAll(Enumerable.Range(0, Packages).Select(number => StartAsync(number, turns)));
        TestContext.WriteLine($"{Packages} packages, {AtATime} starting at a time: ready in {clock.ElapsedMilliseconds} ms");
        TestContext.WriteLine($"a runner with one package: {Memory(runs[^1].Runner.Id)}");

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };
        var answers = await Task.WhenAll(runs.Select(run => http.GetStringAsync(run.Address)));
        CollectionAssert.AreEqual(Enumerable.Range(0, Packages).Select(Name).ToArray(), answers.Select(a => a.Trim()).ToArray());
        Assert.HasCount(Packages, runs.Select(r => r.Address.Port).Distinct());

        clock.Restart();
        var listed = JsonNode.Parse(await _capsule.DoAsync("ps", "--json"))!["data"]!.AsArray();
        TestContext.WriteLine($"ps: {clock.ElapsedMilliseconds} ms");
        Assert.HasCount(Packages, listed.Select(run => (string)run!["run"]!).Distinct());
        Assert.IsTrue(listed.All(run => (string?)run!["state"] == "running"), listed.ToJsonString());
        if (Environment.IsPrivilegedProcess)
        {
            Assert.HasCount(Packages - Sites, listed.Select(run => User((string)run!["run"]!)).OfType<int>().Distinct(), "each sandbox has a user of its own");
        }

        var left = runs.Select(run => Leftovers.Of(_capsule, run.Runner.Id, run.Address.Port)).ToList();
        clock.Restart();
        await _capsule.DoAsync(["stop", .. listed.Select(run => (string)run!["run"]!)]);
        TestContext.WriteLine($"stopped in {clock.ElapsedMilliseconds} ms");
        foreach (var run in runs)
        {
            Assert.AreEqual(143, (await run.Runner.EndAsync()).ExitCode, run.Runner.All);
        }

        foreach (var of in left)
        {
            await of.AreGoneAsync();
        }

        Assert.AreEqual("", await _capsule.DoAsync("ps"));
    }

    [TestMethod]
    public async Task AsRootTheLastUserOfTheRangeIsTheLastRun()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return; // Others need no range.
        }

        // A range that no other test takes users from.
        File.WriteAllText(Path.Combine(_capsule.Home, "config.toml"), "[sandbox]\nuid_range = \"299000-299000\"\n");
        Write(Sites);
        Write(Sites + 1);
        var first = await StartAsync(Sites, new SemaphoreSlim(1));
        var refused = await _capsule.RefusesAsync(7, "CAP5111", "run", Name(Sites + 1), "--port", "0");
        StringAssert.Contains(refused.Error, "All 1 user ids of 'sandbox.uid_range' are in use by running workloads.");
        first.Runner.Signal(LiveProgram.Terminate);
        Assert.AreEqual(143, (await first.Runner.EndAsync()).ExitCode);
        await StartAsync(Sites + 1, new SemaphoreSlim(1));
    }

    private const int Sites = 10;
    private const int PythonServers = 10;

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"package-{number}");

    private async Task<(LiveProgram Runner, Uri Address)> StartAsync(int number, SemaphoreSlim turns)
    {
        Write(number);
        await turns.WaitAsync();
        try
        {
            var runner = _capsule.Start("run", Name(number), "--port", "0");
            lock (_runners)
            {
                _runners.Add(runner);
            }

            await runner.UntilPrintedAsync("listening on http://");
            return (runner, new Uri(Listening().Match(runner.All).Groups[1].Value));
        }
        finally
        {
            turns.Release();
        }
    }

    private void Write(int number)
    {
        var name = Name(number);
        if (number < Sites)
        {
            _capsule.Write($"{name}/capsule.toml", Programs.Site(name));
            _capsule.Write($"{name}/site/index.html", name);
        }
        else if (number < Sites + PythonServers)
        {
            _capsule.Write($"{name}/capsule.toml", Programs.Native("main.py", "port = 4000").Replace("\"native\"", "\"python\"\nruntime_version = \"3\"", StringComparison.Ordinal).Replace("\"fixture\"", $"\"{name}\"", StringComparison.Ordinal));
            _capsule.Write($"{name}/main.py", $$"""
                import os, socket
                server = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
                while True:
                    client, _ = server.accept()
                    client.recv(4096)
                    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: {{name.Length}}\r\nConnection: close\r\n\r\n{{name}}")
                    client.close()
                """);
        }
        else
        {
            _capsule.Write($"{name}/capsule.toml", Programs.Native("serve.pl", "port = 4000").Replace("\"fixture\"", $"\"{name}\"", StringComparison.Ordinal));
            _capsule.Write($"{name}/serve.pl", Programs.PerlServer.Replace("Content-Length: 5", $"Content-Length: {name.Length}", StringComparison.Ordinal).Replace("shell", name, StringComparison.Ordinal));
        }
    }

    /// <summary>The user of the run's sandbox; null for a site, which has none.</summary>
    private int? User(string run) => JsonNode.Parse(File.ReadAllText(_capsule["home", "runs", run, "record.json"]))!["enforcement"]!.AsObject().FirstOrDefault().Value?["uid"]!.GetValue<int>();

    /// <summary>What it has for itself, and its share of all that it uses.</summary>
    private static string Memory(int pid)
    {
        var lines = File.ReadAllLines($"/proc/{pid}/smaps_rollup");
        long Of(string field) => lines.Where(l => l.StartsWith(field + ":", StringComparison.Ordinal)).Sum(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)) / 1024;
        return $"{Of("Private_Dirty")} MiB of its own, {Of("Pss")} MiB with its share of what others use too, {Of("Rss")} MiB resident";
    }

    [GeneratedRegex("listening on (http://[0-9.:]+/)")]
    private static partial Regex Listening();
}
