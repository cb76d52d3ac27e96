using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Sandbox;

/// <summary>A real sandbox for one test: as root with a range of user ids of the test's own, else as the user who runs the tests.</summary>
internal sealed class SandboxScene : IAsyncDisposable
{
    public static readonly UidRange Range = new(61000, 61099);

    private readonly TemporaryFolder _folder = new();
    private readonly List<ICell> _cells = [];
    private readonly List<HostFolder> _given = [];

    public SandboxScene(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var options = new SandboxOptions { InitPath = InitPath, UidRange = Range, LeaseFolder = LeaseFolder };
        Sandbox = new BubblewrapSandbox(change?.Invoke(options) ?? options);
    }

    /// <summary>Written by build/init, which the test project's build runs.</summary>
    public static string InitPath { get; } = Environment.GetEnvironmentVariable("CAPSULE_TEST_INIT") ?? Path.Combine(Repository(), "artifacts", "init", "linux-x64", "capsule-init");

    public static string LeaseFolder { get; } = Path.Combine(Path.GetTempPath(), $"capsule-test-uids-{Environment.UserName}");

    public BubblewrapSandbox Sandbox { get; }

    public TemporaryFolder Folder => _folder;

    public async Task<ICell> OpenAsync(params CellMount[] mounts) => await OpenAsync(new CellRequest { Name = "test/cell", Mounts = mounts });

    public async Task<ICell> OpenAsync(CellRequest request)
    {
        var opened = await Sandbox.OpenAsync(request, CancellationToken.None);
        Assert.IsTrue(opened.Succeeded, string.Join("; ", opened.Diagnostics.Select(d => $"{d.Code} {d.Message}")));
        _cells.Add(opened.Value);
        return opened.Value;
    }

    public async Task<Diagnostic> RefusalAsync(CellRequest request)
    {
        var opened = await Sandbox.OpenAsync(request, CancellationToken.None);
        if (opened.Value is not null)
        {
            _cells.Add(opened.Value);
        }

        Assert.IsFalse(opened.Succeeded, "the cell opened");
        return opened.Diagnostics.First(d => d.IsError);
    }

    /// <summary>A folder of the runner's own, mounted at a path.</summary>
    public CellMount Own(string name, string target, MountAccess access = MountAccess.ReadWrite)
    {
        Directory.CreateDirectory(_folder[name]);
        return new CellMount(_folder[name], target, access, Owned: true);
    }

    /// <summary>A folder of the user's, given to the cell.</summary>
    public CellMount Given(string name, string target, MountAccess access)
    {
        Directory.CreateDirectory(_folder[name]);
        return Given(HostFolder.Open(_folder[name]), target, access);
    }

    public CellMount Given(Result<HostFolder> folder, string target, MountAccess access)
    {
        Assert.IsTrue(folder.Succeeded, string.Join("; ", folder.Diagnostics.Select(d => d.Message)));
        _given.Add(folder.Value);
        return new CellMount(folder.Value.Path, target, access, Host: folder.Value);
    }

    public async ValueTask DisposeAsync()
    {
        _given.ForEach(g => g.Dispose());
        foreach (var cell in _cells)
        {
            await cell.DisposeAsync();
        }

        await Sandbox.DisposeAsync();
        _folder.Dispose();
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Capsule.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}

/// <summary>What a process of a cell printed and returned.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    public string All => Output + Error;
}

internal static class CellProcesses
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static CellProcessRequest Shell(string script, NetworkMode network = NetworkMode.None) => new()
    {
        Name = "test/process",
        Argv = ["/bin/sh", "-c", script],
        Cwd = "/",
        Env = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
        Network = network,
    };

    public static async Task<ICellProcess> StartAsync(this ICell cell, CellProcessRequest request)
    {
        var started = await cell.StartAsync(request, CancellationToken.None);
        Assert.IsTrue(started.Succeeded, string.Join("; ", started.Diagnostics.Select(d => $"{d.Code} {d.Message}")));
        return started.Value;
    }

    public static async Task<Outcome> RunAsync(this ICell cell, CellProcessRequest request) => await (await cell.StartAsync(request)).FinishAsync();

    public static Task<Outcome> ShellAsync(this ICell cell, string script, NetworkMode network = NetworkMode.None) => cell.RunAsync(Shell(script, network));

    public static async Task<Outcome> FinishAsync(this ICellProcess process)
    {
        var output = ReadAsync(process.Output);
        var error = ReadAsync(process.Error);
        var code = await process.Exited.WaitAsync(Patience);
        return new Outcome(code, await output, await error);
    }

    /// <summary>Reads until the text shows up.</summary>
    public static async Task<string> UntilAsync(this Stream stream, string text)
    {
        using var limit = new CancellationTokenSource(Patience);
        var seen = new StringBuilder();
        var buffer = new byte[512];
        while (!seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, limit.Token);
            Assert.AreNotEqual(0, read, $"it ended after: {seen}");
            seen.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return seen.ToString();
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, limit.Token);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
