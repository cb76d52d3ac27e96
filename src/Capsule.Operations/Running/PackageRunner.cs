using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Kits;
using Capsule.Operations.Secrets;
using Capsule.Operations.Settings;
using Capsule.Runtime.Secrets;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Toolchains;

namespace Capsule.Operations.Running;

/// <summary>Runs a package of any family: its launch plan, with what its family adds.</summary>
public static class PackageRunner
{
    /// <summary>Prepares and starts.</summary>
    public static async Task<Result<RunningPackage>> StartAsync(PackageRunRequest request, CancellationToken cancel)
    {
        var prepared = await PrepareAsync(request, cancel);
        return prepared.Succeeded ? await prepared.Value.StartAsync(cancel) : Result.Failed<RunningPackage>(prepared.Diagnostics);
    }

    /// <summary>Prepares only; commands can run in the prepared cells before the start.</summary>
    public static async Task<Result<PreparedRun>> PrepareAsync(PackageRunRequest request, CancellationToken cancel)
    {
        var ready = Build(request);
        if (!ready.Succeeded)
        {
            return Result.Failed<PreparedRun>(ready.Diagnostics);
        }

        if (request.Installed || request.Mode is not RunMode.Managed)
        {
            return request is { Installed: true, Mode: RunMode.Source }
                ? RunningDiagnostics.NoSourceHere.Now(request.Package.Package.Name)
                : await RunEngine.PrepareAsync(ready.Value, cancel);
        }

        var packed = await PackedTree.MakeAsync(request, cancel);
        return packed.Succeeded
            ? await PrepareAsync(ready.Value with { Source = request.Directory, TreeDirectory = packed.Value.Folder, Selection = null, Owned = packed.Value }, cancel)
            : Result.Failed<PreparedRun>(packed.Diagnostics);
    }

    /// <summary>A run that comes about lets go of what it owns at its end.</summary>
    private static async Task<Result<PreparedRun>> PrepareAsync(RunRequest request, CancellationToken cancel)
    {
        var prepared = Result.Failed<PreparedRun>([]);
        try
        {
            return prepared = await RunEngine.PrepareAsync(request, cancel);
        }
        finally
        {
            if (!prepared.Succeeded)
            {
                request.Owned?.Dispose();
            }
        }
    }

    private static Result<RunRequest> Build(PackageRunRequest request)
    {
        var package = request.Package;
        if (package.LaunchNotYet.Count > 0)
        {
            return Result.Failed<RunRequest>(package.LaunchNotYet);
        }

        if (package.Launch is not { } launch)
        {
            return RunningDiagnostics.NoLaunch.Now(package.Package.Name, package.Package.Family);
        }

        var secrets = Secrets(request, launch);
        if (!secrets.Succeeded)
        {
            return Result.Failed<RunRequest>(secrets.Diagnostics);
        }

        var settings = launch.Relays is null ? new UserSettings() : UserSettings.Load(request.Home.Config);
        if (!settings.Succeeded)
        {
            return Result.Failed<RunRequest>(settings.Diagnostics);
        }

        return new RunRequest
        {
            Plan = request.Choices.Apply(Pinned(launch, request.Locked)),
            TreeDirectory = request.Directory,
            Origin = request.Origin,
            Selection = request.Installed ? null : package.Pack,
            Dependencies = package.Dependencies.ToDictionary(d => d.Key, d => new PackageTree(d.Value.Directory, d.Value.Pack), StringComparer.Ordinal),
            Home = request.Home,
            Sandbox = request.Sandbox,
            Toolchains = request.Toolchains ?? new ToolchainResolver(request.Home),
            Hooks = package.Package.Family == FamilyNames.Kit ? new KitHooks() : null,
            Port = request.Port,
            Env = request.Env,
            Grants = request.Grants with { Secrets = UsedSecrets.Given(launch) },
            Secrets = secrets.Value,
            RelayAddresses = settings.Value.Relays,
            OnCall = request.Choices.OnCall,

            // Every workload of a Kit speaks HTTP, and what no endpoint has is answered by 404.
            Health = request.Choices.HealthEvery is { } seconds ? new HealthPlan { EverySeconds = seconds, Path = package.Package.Family == FamilyNames.Kit ? "/.well-known/capsule-health" : null } : null,
            WriteBack = request.WriteBack,
            IsCommand = request.IsCommand,
            Log = request.Log,
        };
    }

    /// <summary>The stores are looked at only for a package that uses secrets, or is given one.</summary>
    private static Result<RunSecrets> Secrets(PackageRunRequest request, LaunchPlan launch)
    {
        if (UsedSecrets.Of(launch).Count == 0 && request.Secrets.Values.Count == 0)
        {
            return RunSecrets.None;
        }

        var found = SecretResolution.Of(launch, request.Directory, request.Installed, request.Home, request.Origin).Resolve(launch, request.Secrets);
        foreach (var note in found.Succeeded ? found.Diagnostics : [])
        {
            request.Secrets.Say($"{note.Code}: {note.Message} {note.Hint}");
        }

        return found;
    }

    private static LaunchPlan Pinned(LaunchPlan plan, IReadOnlyDictionary<string, ToolchainPlan> locked) => plan with
    {
        Cells =
        [
            .. plan.Cells.Select(cell => cell with
            {
                Processes = [.. cell.Processes.Select(p => p.Toolchain is { } wanted && locked.TryGetValue(wanted.Name, out var pin) ? p with { Toolchain = pin } : p)],
            }),
        ],
    };
}
