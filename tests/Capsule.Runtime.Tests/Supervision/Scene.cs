using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Tests.Sandbox;
using Capsule.Runtime.Toolchains;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>Plans written by hand over a small tree, run for real with nothing but a shell.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly SandboxScene _sandbox;

    public Scene(Func<SandboxOptions, SandboxOptions>? change = null) => _sandbox = new SandboxScene(change);

    public TemporaryFolder Tree { get; } = new();

    public TemporaryFolder HomeFolder { get; } = new();

    public System.Collections.Concurrent.ConcurrentQueue<LogLine> Log { get; } = [];

    public CapsuleHome Home => new(HomeFolder.Path);

    public static ProcessPlan Shell(string id, string script, ProcessStage stage = ProcessStage.Task) =>
        new() { Id = id, Stage = stage, Shell = script, Cwd = "/tmp" };

    public static CellPlan Cell(string id, params ProcessPlan[] processes) => new() { Id = id, Processes = processes };

    public RunRequest Request(params CellPlan[] cells) => new()
    {
        Plan = new LaunchPlan { Package = new PackageReference(FamilyNames.Capsule, "acme", "scene", "1.0.0"), Cells = cells },
        TreeDirectory = Tree.Path,
        Home = Home,
        Sandbox = _sandbox.Sandbox,
        Toolchains = new ToolchainResolver(Home),
        Log = Log.Enqueue,
    };

    public static async Task<Diagnostic> RefusedAsync(RunRequest request)
    {
        var result = await RunEngine.StartAsync(request, default);
        if (result.Value is { } running)
        {
            await running.DisposeAsync();
        }

        Assert.IsFalse(result.Succeeded, "it started");
        return result.Diagnostics.First(d => d.IsError);
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        ReadOnlyTree.Remove(HomeFolder.Path);
        HomeFolder.Dispose();
        Tree.Dispose();
    }
}
