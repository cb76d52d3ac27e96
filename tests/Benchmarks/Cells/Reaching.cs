using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Capsule.Benchmarks.Cells;

/// <summary>
/// Requests from inside a cell through its egress proxy to a server of this machine, against the same requests without it. The
/// client's sockets are made inside the cell; https keeps its tunnel, plain http has one request for each connection.
/// </summary>
internal static class Reaching
{
    private const string Host = "bench.test";

    public static async Task RunAsync(Bench bench)
    {
        await using var server = Server();
        await server.StartAsync();
        var ports = server.Urls.Select(url => new Uri(url).Port).ToArray();
        var process = new ProcessPlan
        {
            Id = "bench/start",
            Stage = ProcessStage.Start,
            Cwd = "/",
            Network = new NetworkPlan { Mode = NetworkMode.Egress, Egress = [new EgressRule(Host, ports)] },
        };
        await using var cell = Bench.Of(await bench.Sandbox.OpenAsync(new CellRequest { Name = "bench/cell", Mounts = [] }, default));
        var policy = new EgressPolicy(process.Network, null) { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]), Refusal = _ => null };
        await using var way = await WayOut.OpenAsync(cell, new CellNeighbours().Enter(process, policy, _ => { }), new Dictionary<string, IPAddress>(), trouble => throw new InvalidOperationException(trouble.Text), [], default);
        using var through = Client(new WebProxy($"http://127.0.0.1:{way.ProxyPort}"), Dials.Tcp(cell, way.ProxyPort!.Value));
        foreach (var (scheme, port) in new[] { "http", "https" }.Zip(ports))
        {
            using var direct = Client(null, async cancel =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            });
            var address = new Uri($"{scheme}://{Host}:{port}/");
            var loads = await Load.CompareAsync(bench.Rounds, (through, address), (direct, address));
            Bench.Report($"requests a second over {scheme}, egress proxy / direct", loads[0].PerSecond, loads[1].PerSecond, "/s");
            Bench.Report($"99th percentile over {scheme}, egress proxy / direct", loads[0].P99, loads[1].P99);
        }
    }

    private static HttpClient Client(WebProxy? proxy, Dial dial)
    {
        var handler = new SocketsHttpHandler { Proxy = proxy, UseProxy = proxy is not null, MaxConnectionsPerServer = 16, ConnectCallback = async (_, cancel) => await dial(cancel) };

        // The certificate is made for this run alone.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        return new HttpClient(handler);
    }

    private static WebApplication Server()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
        });
        var server = builder.Build();
        server.Run(context => context.Response.WriteAsync("ok"));
        return server;
    }
}
