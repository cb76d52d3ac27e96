using System.Collections.Concurrent;
using Capsule.Core.Diagnostics;
using Capsule.Families;
using Capsule.Operations.Running;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Tests.Sandbox;
using Capsule.Runtime.Tests.Toolchains;
using Capsule.Runtime.Toolchains;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>A project of a test's own and everything to run it for real: home, sandbox, toolchains.</summary>
internal sealed class RunScene : IAsyncDisposable
{
    private readonly SandboxScene _sandbox = new();
    private readonly List<IAsyncDisposable> _runs = [];

    public TemporaryFolder Project { get; } = new();

    public TemporaryFolder HomeFolder { get; } = new();

    public ConcurrentQueue<LogLine> Log { get; } = [];

    public CapsuleHome Home => new(HomeFolder.Path);

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>A Kit with one workload, <c>hello</c>, whose program is given; exposed at / (http) and /mcp.</summary>
    public static RunScene Kit(string program, string more = "", string start = "bun run index.ts")
    {
        var scene = new RunScene();
        scene.Project.Write("capability.yml", $"""
            version: '1'
            name: fixture
            workloads:
              hello:
                endpoints: [http, mcp]
                runtime:
                  source:
                    toolchain: bun
            {more}
                    start:
                      command: {start}
            expose:
              - path: /
                target: hello
                endpoints: [http]
              - path: /mcp
                target: hello
                default_mcp: true
                endpoints: [mcp]
            """);
        scene.Project.Write("workloads/hello/index.ts", program);
        return scene;
    }

    public CompiledPackage Compile()
    {
        var location = FamilyCatalog.Recognise(Project.Path);
        var compiled = FamilyCatalog.Compile(new CompileRequest { ManifestPath = location.Value!.ManifestPath });
        Assert.IsTrue(compiled.Succeeded, Said(compiled.Diagnostics));
        return compiled.Value;
    }

    public PackageRunRequest Request() => new()
    {
        Package = Compile(),
        Directory = Project.Path,
        Home = Home,
        Sandbox = _sandbox.Sandbox,
        Toolchains = new ToolchainResolver(RealToolchains.Home),
        Port = 0,
        Log = Log.Enqueue,
    };

    public async Task<RunningPackage> StartAsync(Func<PackageRunRequest, PackageRunRequest>? change = null)
    {
        var result = await TryStartAsync(change);
        Assert.IsTrue(result.Succeeded, Said(result.Diagnostics) + "\n" + LogText);
        return result.Value;
    }

    public async Task<Result<RunningPackage>> TryStartAsync(Func<PackageRunRequest, PackageRunRequest>? change = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var result = await PackageRunner.StartAsync(change?.Invoke(Request()) ?? Request(), limit.Token);
        if (result.Value is { } running)
        {
            _runs.Add(running);
        }

        return result;
    }

    public string LogText => string.Join('\n', Log.Select(l => $"{l.Process} {l.Stream} {l.Level} {l.Text} {l.Fields}"));

    public async Task UntilLoggedAsync(string text)
    {
        var end = DateTime.UtcNow.AddSeconds(30);
        while (!LogText.Contains(text, StringComparison.Ordinal))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, $"'{text}' was not logged:\n{LogText}");
            await Task.Delay(20);
        }
    }

    public async Task UntilAsync(Func<bool> holds)
    {
        var end = DateTime.UtcNow.AddSeconds(60);
        while (!holds())
        {
            Assert.IsLessThan(end, DateTime.UtcNow, LogText);
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs)
        {
            await run.DisposeAsync();
        }

        await _sandbox.DisposeAsync();
        Http.Dispose();
        ReadOnlyTree.Remove(HomeFolder.Path);
        HomeFolder.Dispose();
        Project.Dispose();
    }

    private static string Said(IEnumerable<Diagnostic> diagnostics) => string.Join('\n', diagnostics.Select(d => $"{d.Code} {d.Message}"));
}
