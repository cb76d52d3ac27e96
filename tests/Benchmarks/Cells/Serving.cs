namespace Capsule.Benchmarks.Cells;

/// <summary>Requests through the public listener to a confined server, against requests straight to that server's socket.</summary>
internal static class Serving
{
    public static async Task RunAsync(Bench bench)
    {
        bench.Write("serve.js", Web.Program);
        await using var running = await bench.StartAsync(Web.Plan());
        using var through = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 16 });
        using var direct = Load.Client(running.Dial("web/start")!);
        var loads = await Load.CompareAsync(bench.Rounds, (through, running.Address!), (direct, new Uri("http://localhost/")));
        Bench.Report("requests a second, public listener / direct", loads[0].PerSecond, loads[1].PerSecond, "/s");
        Bench.Report("99th percentile, public listener / direct", loads[0].P99, loads[1].P99);
    }
}
