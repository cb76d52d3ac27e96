using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A Kit of source under <c>capsule run --watch</c>, while its author works on it.</summary>
[TestClass]
public sealed class WatchedKits : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task StartAgainWhenWhatTheyAreMadeOfChanges()
    {
        _capsule.Write("kit/capability.yml", Programs.Kit());
        _capsule.Write("kit/workloads/hello/index.ts", Saying("one"));
        await _capsule.HoldingAsync("bun");
        await _capsule.RefusesAsync(2, "CAP5542", "run", "kit", "--watch", "--detach");
        using var runner = _capsule.Start("run", "kit", "--watch");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await runner.UntilPrintedAsync("listening on ");
        var address = await AddressAsync();
        Assert.AreEqual("one", await http.GetStringAsync(address));

        // What packing leaves out is no change, nor is what no sandbox sees; a change that is one comes after it.
        _capsule.Write("kit/workloads/hello/dist/out.js", "built");
        _capsule.Write("kit/workloads/hello/node_modules/a/index.js", "fetched");
        _capsule.Write("kit/README.md", "# Kit");
        _capsule.Write("kit/workloads/hello/more.ts", "export const more = 1;");
        _capsule.Write("kit/workloads/hello/index.ts", Saying("two"));
        await UntilAsync(http, address, "two", runner);
        StringAssert.Contains(runner.All, "watch: workloads/hello/index.ts and 1 more changed; starting again");

        // A manifest that cannot be read keeps what runs.
        _capsule.Write("kit/capability.yml", Programs.Kit().Replace("target: hello", "target: nobody", StringComparison.Ordinal));
        await runner.UntilPrintedAsync("what runs is as it was before");
        StringAssert.Contains(runner.All, "error CAP02");
        Assert.AreEqual("two", await http.GetStringAsync(address));
        _capsule.Write("kit/capability.yml", Programs.Kit().Replace("path: /", "path: /new", StringComparison.Ordinal));
        await UntilAsync(http, new Uri(address, "/new"), "two", runner);

        // A program that ends waits for its correction.
        _capsule.Write("kit/workloads/hello/index.ts", "process.exit(3);");
        await runner.UntilPrintedAsync("watch: it has ended; waiting for a change");
        StringAssert.Contains(runner.All, "CAP5404");
        _capsule.Write("kit/workloads/hello/index.ts", Saying("three"));
        await UntilAsync(http, new Uri(address, "/new"), "three", runner);

        var left = Leftovers.Of(_capsule, runner.Id, address.Port);
        runner.Signal(LiveProgram.Interrupt);
        Assert.AreEqual(130, (await runner.EndAsync()).ExitCode);
        await left.AreGoneAsync();
    }

    private static string Saying(string word) => $$"""
        Bun.serve({ unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice("unix:".length), fetch: () => new Response("{{word}}") });
        process.on("SIGTERM", () => process.exit(0));
        """;

    private async Task<Uri> AddressAsync() =>
        new((string)JsonNode.Parse(await _capsule.DoAsync("ps", "--json"))!["data"]!.AsArray().Single()!["address"]!);

    private static async Task UntilAsync(HttpClient http, Uri address, string word, LiveProgram runner)
    {
        for (var end = DateTime.UtcNow.AddSeconds(90); ; await Task.Delay(50))
        {
            try
            {
                if (await http.GetStringAsync(address) == word)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It is on its way.
            }

            Assert.IsLessThan(end, DateTime.UtcNow, $"it never said {word}:\n{runner.All}");
        }
    }
}
