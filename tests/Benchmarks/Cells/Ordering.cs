using System.Globalization;
using Capsule.Core.Plans;

namespace Capsule.Benchmarks.Cells;

/// <summary>Two hundred processes in ten layers, each ready a tenth of a second after its start, against the sum of the layers' delays.</summary>
internal static class Ordering
{
    private const int Layers = 10, Wide = 20, Delay = 100;

    private const string Late = """
        #include <arpa/inet.h>
        #include <stdlib.h>
        #include <unistd.h>
        int main(int count, char **words) {
          usleep(atoi(words[2]) * 1000);
          struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(atoi(words[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
          int server = socket(AF_INET, SOCK_STREAM, 0);
          if (bind(server, (struct sockaddr *)&at, sizeof at) || listen(server, 9)) return 1;
          for (;;) close(accept(server, 0, 0));
        }
        """;

    public static async Task RunAsync(Bench bench)
    {
        bench.Write("late.c", Late);
        await ByHand.RunAsync("gcc", "-static", "-o", Path.Combine(bench["tree"], "late"), Path.Combine(bench["tree"], "late.c"));
        var times = new List<double>();
        for (var round = 0; round < bench.Rounds; round++)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            await using var running = await bench.StartAsync(Plan());
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        Bench.Report("200 processes in order, all ready / their critical path", Bench.Median(times), Layers * Delay);
    }

    private static LaunchPlan Plan() => Bench.Plan(new CellPlan
    {
        Id = "all",
        Mounts = [new MountPlan { Id = "app", Kind = MountKind.Tree, Source = "", Target = "/app", Exec = true }],
        Processes = [.. Enumerable.Range(0, Layers * Wide).Select(Process)],
    });

    private static ProcessPlan Process(int number)
    {
        var (layer, place) = Math.DivRem(number, Wide);
        return new ProcessPlan
        {
            Id = $"all/{layer}-{place}",
            Stage = ProcessStage.Service,
            Argv = ["/app/late", Text(10000 + number), Text(Delay)],
            Cwd = "/tmp",
            Network = new NetworkPlan { Mode = NetworkMode.Loopback },
            Listen = [new ListenPlan { Name = "own", Port = 10000 + number }],
            Ready = new ReadyPlan { Kind = ReadyKind.Connect, Listener = "own", TimeoutSeconds = 60 },
            DependsOn = layer == 0 ? [] : [$"all/{layer - 1}-{place}", $"all/{layer - 1}-{(place + 1) % Wide}"],
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
