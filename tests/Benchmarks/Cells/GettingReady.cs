using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Capsule.Benchmarks.Cells;

/// <summary>From the start of a bun web server to its first answer.</summary>
internal static class GettingReady
{
    private const string Kit = """
        version: '1'
        name: bench
        workloads:
          web:
            endpoints: [http]
            runtime:
              source:
                toolchain: bun
                start:
                  command: SOCKET="${CAPAKIT_WORKLOAD_INGRESS_BIND#unix:}" exec bun serve.js
        expose:
          - path: /
            target: web
            endpoints: [http]
        """;

    public static async Task RunAsync(Bench bench, string runner)
    {
        bench.Write("serve.js", Web.Program);
        var bun = await bench.BunAsync();
        var kit = bench["kit"];
        Directory.CreateDirectory(Path.Combine(kit, "workloads", "web"));
        await File.WriteAllTextAsync(Path.Combine(kit, "capability.yml"), Kit);
        await File.WriteAllTextAsync(Path.Combine(kit, "workloads", "web", "serve.js"), Web.Program);

        var times = await Bench.MediansAsync(bench.Rounds, () => WarmAsync(bench), () => CommandAsync(runner, kit), () => ByHandAsync(bench, bun), () => BareAsync(bench, bun));
        Bench.Report("bun server's first answer, warm runner / bubblewrap by hand", times[0], times[2]);
        Bench.Report("bun server's first answer, warm runner / bun without a sandbox", times[0], times[3]);
        Bench.Report("bun server's first answer, capsule run / bubblewrap by hand", times[1], times[2]);
        Bench.Report("bun server's first answer, capsule run / bun without a sandbox", times[1], times[3]);
    }

    private static async Task WarmAsync(Bench bench)
    {
        await using var running = await bench.StartAsync(Web.Plan());
        using var client = new HttpClient();
        await client.GetStringAsync(running.Address);
    }

    private static async Task CommandAsync(string runner, string kit)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [runner, "run", kit, "--port", "0"]) { RedirectStandardError = true })!;
        var said = new StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (line.Split(' ').FirstOrDefault(w => w.StartsWith("http://", StringComparison.Ordinal)) is { } address)
            {
                using var client = new HttpClient();
                await client.GetStringAsync(new Uri(address));
                process.Kill();
                await process.WaitForExitAsync();
                return;
            }
        }

        throw new InvalidOperationException($"capsule run gave no address: {said}");
    }

    private static Task ByHandAsync(Bench bench, string bun) => AnswerAsync(bench, sockets => ByHand.Start(
        "--ro-bind", bun, "/opt/bun", "--ro-bind", bench["tree"], "/app", "--dir", Web.Folder, "--bind", sockets, Web.Folder, "--setenv", "SOCKET", $"{Web.Folder}/s", "/opt/bun", "/app/serve.js"));

    private static Task BareAsync(Bench bench, string bun) => AnswerAsync(bench, sockets => Process.Start(
        new ProcessStartInfo(bun, ["run", Path.Combine(bench["tree"], "serve.js")]) { Environment = { ["SOCKET"] = Path.Combine(sockets, "s") } })!);

    private static async Task AnswerAsync(Bench bench, Func<string, Process> start)
    {
        var sockets = Directory.CreateDirectory(bench["sockets"]).FullName;
        var socket = Path.Combine(sockets, "s");
        File.Delete(socket);
        using var process = start(sockets);
        using var client = Load.Client(async cancel =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancel);
            return new NetworkStream(connection, ownsSocket: true);
        });
        while (true)
        {
            try
            {
                await client.GetStringAsync(new Uri("http://localhost/"));
                break;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                await Task.Delay(1);
            }
        }

        process.Kill();
        await process.WaitForExitAsync();
    }
}
