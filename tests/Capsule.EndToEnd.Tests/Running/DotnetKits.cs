using System.Globalization;
using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A Kit whose workload is written in C#: prepared with the SDK of this machine, served by Kestrel on the socket of the contract.</summary>
[TestClass]
public sealed class DotnetKits : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task ArePreparedServedAndTested()
    {
        _capsule.Write("kit/capability.yml", """
            version: '1'
            name: sharp
            workloads:
              api:
                endpoints: [http]
                runtime:
                  source:
                    toolchain: dotnet
                    prepare: {command: dotnet build -c Release -o out, network: none}
                    start: {command: dotnet out/api.dll}
            expose: [{path: /, target: api, endpoints: [http]}]

            """);
        _capsule.Write("kit/capability-test.yml", """
            id: answers
            kind: http
            target: {exposed_path: /}
            request: {path: /sum?a=2&b=3, method: GET}
            validations: $.body.sum.eq(5)

            """);
        _capsule.Write("kit/workloads/api/api.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
            </Project>
            """);
        _capsule.Write("kit/workloads/api/Program.cs", """
            var builder = WebApplication.CreateSlimBuilder(args);
            builder.WebHost.ConfigureKestrel(k => k.ListenUnixSocket(Environment.GetEnvironmentVariable("CAPAKIT_WORKLOAD_INGRESS_BIND")!["unix:".Length..]));
            var app = builder.Build();
            app.MapGet("/http/sum", (int a, int b) => Results.Text($"{{\"sum\":{a + b}}}", "application/json"));
            app.MapGet("/http", () => Environment.ProcessPath);
            app.Run();
            """);

        StringAssert.Contains(await _capsule.DoAsync("test", "kit"), "1 passed, 0 failed");

        using var run = await RunningRun.DetachAsync(_capsule, "kit");
        Assert.AreEqual("5", (await run.GetJsonAsync("/sum?a=1&b=4"))["sum"]!.ToString());
        StringAssert.EndsWith(await run.GetAsync("/"), "/dotnet");

        var listed = JsonNode.Parse(await _capsule.DoAsync("ps", "--json"))!["data"]!.AsArray().Single()!;
        StringAssert.StartsWith((string?)listed["toolchains"]![0], "dotnet 10.");
        var identity = $"spiffe://capsule.localhost/kit/sharp/{run.Id}/api/start";
        Assert.AreEqual(identity, (string?)listed["processes"]!.AsArray().Single(p => (string?)p!["id"] == "api/start")!["identity"]);
        var lines = JsonNode.Parse(await _capsule.DoAsync("logs", run.Id, "--json"))!["data"]!.AsArray();
        Assert.IsTrue(lines.Any(l => (string?)l!["identity"] == identity), lines.ToJsonString());
        Assert.IsTrue(lines.Any(l => (string?)l!["identity"] == $"spiffe://capsule.localhost/kit/sharp/{run.Id}/capsule"));
        Assert.AreEqual(1, Listeners(run.RunnerPid), "the public address is the only one that does not need a socket of this machine");
        await _capsule.DoAsync("stop", run.Id);
    }

    /// <summary>How many TCP sockets a process of this machine listens on.</summary>
    private static int Listeners(int process)
    {
        var sockets = Directory.EnumerateFileSystemEntries($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/fd").Select(f => new FileInfo(f).LinkTarget).ToHashSet();
        return new[] { "tcp", "tcp6" }.SelectMany(t => File.ReadLines($"/proc/{process}/net/{t}").Skip(1))
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Count(l => l[3] == "0A" && sockets.Contains($"socket:[{l[9]}]"));
    }
}
