using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Running;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Testing;

namespace Capsule.Operations.Testing;

/// <summary>
/// A package in its sandbox for the time of its tests. Cases with the same fixtures share one run; other fixtures are other
/// mounts, and so another run. Disposing it stops what runs.
/// </summary>
/// <param name="request">The package and what the user grants.</param>
/// <param name="reached">Told how far it has come; null for nobody.</param>
public sealed class PackageUnderTest(PackageRunRequest request, Action<TestStage>? reached = null) : ITestedPackage, IAsyncDisposable
{
    private readonly HashSet<string> _hostMounts =
        [.. (request.Package.Launch?.Cells ?? []).SelectMany(c => c.Mounts).Where(m => m.Kind is MountKind.Host).Select(m => m.Id)];

    private readonly VariantRuns _variants = new();
    private readonly FixtureFolders _folders = new(request);
    private string? _fixtures;
    private PackageRunRequest? _request;
    private Result<PreparedRun>? _prepared;
    private Result<RunningPackage>? _running;

    public async Task<IReadOnlyList<Diagnostic>> PrepareAsync(IReadOnlyDictionary<string, string> fixtures, CancellationToken cancel)
    {
        // What the user bound wins over the author's fixtures (specs: kits 2.4).
        var bound = fixtures.Where(f => _hostMounts.Contains(f.Key) && !request.Grants.Mounts.ContainsKey(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal).ToArray();
        var wanted = string.Join('\n', bound.Select(f => $"{f.Key}={f.Value}"));
        if (_prepared is null || wanted != _fixtures)
        {
            await StopAsync();
            _fixtures = wanted;
            var mounts = request.Grants.Mounts.ToDictionary();
            foreach (var (id, fixture) in bound)
            {
                var folder = _folders.Find(fixture);
                if (!folder.Succeeded)
                {
                    return (_prepared = Result.Failed<PreparedRun>(folder.Diagnostics)).Diagnostics;
                }

                mounts[id] = folder.Value;
            }

            reached?.Invoke(TestStage.Preparing);

            // The author's port may be taken by the package that is being developed.
            _request = request with { Grants = request.Grants with { Mounts = mounts }, Port = request.Port ?? 0 };
            _prepared = await PackageRunner.PrepareAsync(_request, cancel);
            if (_prepared.Succeeded)
            {
                reached?.Invoke(TestStage.Prepared);
            }
        }

        return _prepared.Diagnostics;
    }

    public async Task<Result<TestTarget>> ReachAsync(string? process, CancellationToken cancel)
    {
        // A start that failed is not tried again for the next case: it would fail as slowly.
        if (_running is null)
        {
            _running = await Prepared.StartAsync(cancel);
            if (_running.Succeeded)
            {
                reached?.Invoke(TestStage.Ready);
            }
        }

        if (!_running.Succeeded)
        {
            return Result.Failed<TestTarget>(_running.Diagnostics);
        }

        var running = _running.Value;
        if (running.Ended is { IsCompletedSuccessfully: true, Result.Problem: { } ended })
        {
            return ended;
        }

        return process is null
            ? running.Address is { } address ? new TestTarget(address) : PackageTestDiagnostics.NothingPublic.Now(request.Package.Package.Name)
            : running.Dial(process) is { } dial ? TestTarget.Of(dial) : PackageTestDiagnostics.NoListener.Now(process, request.Package.Package.Name);
    }

    public async Task<Result<CommandOutcome>> ExecAsync(TestCommand command, CancellationToken cancel)
    {
        if (_running is { Succeeded: false })
        {
            return Result.Failed<CommandOutcome>(_running.Diagnostics);
        }

        var prepared = command is { Cell: { } other, Variant: { } variant } ? await _variants.PrepareAsync(_request ?? request, other, variant, cancel) : Result.Of(Prepared);
        if (!prepared.Succeeded)
        {
            return Result.Failed<CommandOutcome>(prepared.Diagnostics);
        }

        var ran = await prepared.Value.ExecAsync(command.Process, command.Argv, command.Shell, cancel);
        if (!ran.Succeeded)
        {
            return Result.Failed<CommandOutcome>(ran.Diagnostics);
        }

        var cell = command.Cell ?? request.Package.Launch!.Cells.First(c => c.Id == command.Process.Split('/')[0]);
        var folder = cell.Processes.First(p => p.Id == command.Process).Cwd;
        var root = cell.Mounts.FirstOrDefault(m => m.Kind is MountKind.Work or MountKind.Tree && (folder + "/").StartsWith(m.Target + "/", StringComparison.Ordinal));
        return new CommandOutcome(ran.Value.ExitCode, ran.Value.Output, ran.Value.Error, root?.Target ?? folder, folder);
    }

    public string Masked(string text) => _prepared?.Value?.Masked(text) ?? text;

    public async ValueTask DisposeAsync() => await StopAsync();

    private PreparedRun Prepared => _prepared?.Value ?? throw new InvalidOperationException("The package is not prepared.");

    private async Task StopAsync()
    {
        if (_running?.Value is { } running)
        {
            await running.DisposeAsync();
            reached?.Invoke(TestStage.Stopped);
        }

        await _variants.DisposeAsync();
        if (_prepared?.Value is { } prepared)
        {
            await prepared.DisposeAsync();
        }

        _folders.Dispose();
        (_running, _prepared) = (null, null);
    }
}
