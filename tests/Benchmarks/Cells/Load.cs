using System.Diagnostics;
using Capsule.Runtime.Network;

namespace Capsule.Benchmarks.Cells;

/// <summary>What a number of clients got through that each ask again as soon as they are answered.</summary>
/// <param name="PerSecond">Requests answered in a second.</param>
/// <param name="P99">Milliseconds within which 99 of 100 were answered.</param>
internal sealed record Load(double PerSecond, double P99)
{
    private const int Clients = 16;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1);

    public static HttpClient Client(Dial dial) => new(new SocketsHttpHandler { ConnectCallback = async (_, cancel) => await dial(cancel), MaxConnectionsPerServer = Clients });

    /// <summary>Puts load on several addresses turn by turn; the median of each figure.</summary>
    public static async Task<Load[]> CompareAsync(int rounds, params (HttpClient Client, Uri Address)[] sides)
    {
        var all = sides.Select(_ => new List<Load>()).ToArray();
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < sides.Length; i++)
            {
                var load = await PutAsync(sides[i].Client, sides[i].Address);
                if (round >= 0)
                {
                    all[i].Add(load);
                }
            }
        }

        return [.. all.Select(loads => new Load(Bench.Median(loads.Select(l => l.PerSecond)), Bench.Median(loads.Select(l => l.P99))))];
    }

    private static async Task<Load> PutAsync(HttpClient client, Uri address)
    {
        var start = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            var own = new List<double>();
            while (Stopwatch.GetElapsedTime(start) < Time)
            {
                var asked = Stopwatch.GetTimestamp();
                await client.GetByteArrayAsync(address);
                own.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            return own;
        })));
        var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var sorted = times.SelectMany(t => t).Order().ToArray();
        return new Load(sorted.Length / took, sorted[(int)(sorted.Length * 0.99)]);
    }
}
