using Capsule.Core.Plans;
using Capsule.Init.Wire;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Tests.Supervision;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Sandbox;

/// <summary>
/// Render nodes, and nothing else of /dev/dri. No machine of the tests has a GPU: as root, a node with the numbers of /dev/null stands
/// for one, which shows that a node passes the walls and can be opened, not that a driver works behind it.
/// </summary>
[TestClass]
public sealed class GivingGpus : IDisposable
{
    private static readonly CellRequest Wanted = new() { Name = "test/cell", Mounts = [], Gpu = true };

    private readonly TemporaryFolder _devices = new();

    public void Dispose() => _devices.Dispose();

    [TestMethod]
    public void TheArgumentsNameEachNodeBeforeDevIsClosed()
    {
        using var init = Descriptors.Memory([]);
        using var with = CellArguments.Build(Wanted with { Devices = ["/dev/dri/renderD128", "/dev/dri/renderD129"] }, [], init, staged: false);
        var words = string.Join(' ', with.Words);
        StringAssert.Contains(words, " --dev-bind /dev/dri/renderD128 /dev/dri/renderD128 --dev-bind /dev/dri/renderD129 /dev/dri/renderD129 --remount-ro /dev ");
        using var other = Descriptors.Memory([]);
        using var without = CellArguments.Build(Wanted, [], other, staged: false);
        Assert.DoesNotContain("--dev-bind", without.Words);
        var rule = LandlockRules.For(Wanted with { Devices = ["/dev/dri/renderD128"] }).Single(r => r.Path.StartsWith("/dev/dri", StringComparison.Ordinal));
        Assert.AreEqual((LandlockAccess.ReadFile | LandlockAccess.WriteFile | LandlockAccess.DeviceControl, "/dev/dri/renderD128"), rule);
    }

    [TestMethod]
    public async Task AMachineWithoutARenderNodeIsRefusedWhateverElseStandsThere()
    {
        _devices.Write("renderD128", "a file");
        _devices.Write("card0", "a file");
        File.CreateSymbolicLink(_devices["renderD129"], "/dev/null");
        await using var scene = new SandboxScene(o => o with { RenderFolder = _devices.Path });
        Assert.AreEqual("CAP5160", (await scene.RefusalAsync(Wanted)).Code);
        Assert.AreEqual("CAP5133", (await scene.RefusalAsync(new CellRequest { Name = "test/cell", Mounts = [], Requires = new LaunchRequirements { Gpu = "vulkan" } })).Code);
        var none = await scene.OpenAsync();
        Assert.AreEqual("none\n", (await none.ShellAsync("ls /dev/dri 2>/dev/null || echo none")).Output);
        Assert.IsEmpty(none.Enforcement.Devices);
    }

    [TestMethod]
    public async Task AsRootACellGetsTheNodesThatItsUserMayOpenAndNothingElse()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return; // Only root makes device nodes.
        }

        await NodeAsync("renderD128", "666");
        await NodeAsync("renderD129", "660");
        await NodeAsync("card0", "666");
        await NodeAsync("nvidiactl", "666");
        Assert.AreEqual(0, (await Command.RunAsync("chmod", ["755", _devices.Path])).ExitCode);
        await using var scene = new SandboxScene(o => o with { RenderFolder = _devices.Path });
        var cell = await scene.OpenAsync(Wanted);
        CollectionAssert.AreEqual(new[] { "/dev/dri/renderD128" }, cell.Enforcement.Devices.ToArray());
        var seen = await cell.ShellAsync("ls /dev/dri; test -c /dev/dri/renderD128 && echo kernel > /dev/dri/renderD128 && echo written; echo x > /dev/dri/new || echo closed; ls /dev/nvidiactl || true");
        Assert.AreEqual("renderD128\nwritten\nclosed\n", seen.Output, seen.Error);

        File.Delete(_devices["renderD128"]);
        var refused = await scene.RefusalAsync(Wanted);
        Assert.AreEqual("CAP5161", refused.Code);
        StringAssert.Contains(refused.Message, _devices["renderD129"]);
    }

    [TestMethod]
    public async Task AKitThatWouldUseMetalRunsWithoutAndIsToldSo()
    {
        await using var scene = new Scene();
        var request = scene.Request(Scene.Cell("job", Scene.Shell("job/task", "echo \"gpu=$CAPAKIT_GPU\"")));
        await using var run = (await RunEngine.StartAsync(request with { Plan = request.Plan with { Requires = new LaunchRequirements { GpuWish = "metal" } } }, default)).Value!;
        Assert.AreEqual(0, (await run.Ended.WaitAsync(TimeSpan.FromSeconds(60))).ExitCode);
        Assert.AreEqual("gpu=", scene.Log.Single(l => l.Process == "job/task").Text);
        Assert.IsTrue(scene.Log.Any(l => l.Text == "it would use a GPU by 'metal', which Linux does not have; it runs without"));
        Assert.IsFalse(run.Record.Grants.Gpu);
    }

    private async Task NodeAsync(string name, string mode) =>
        Assert.AreEqual(0, (await Command.RunAsync("mknod", ["-m", mode, _devices[name], "c", "1", "3"])).ExitCode);
}
