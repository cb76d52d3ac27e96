using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Planning;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Secrets;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Supervision;

/// <summary>
/// Runs what a <see cref="LaunchPlan"/> says (specs: sandbox 3): toolchains, private copies, then each stage in a fresh
/// sandbox. Whatever goes wrong, nothing is left behind.
/// </summary>
public static class RunEngine
{
    /// <summary>Prepares and starts. The result is a package that answers, or the reason why there is none.</summary>
    public static async Task<Result<RunningPackage>> StartAsync(RunRequest request, CancellationToken cancel)
    {
        var prepared = await PrepareAsync(request, cancel);
        return prepared.Succeeded ? await prepared.Value.StartAsync(cancel) : Result.Failed<RunningPackage>(prepared.Diagnostics);
    }

    /// <summary>Everything up to the start: what is needed is there, copies are made, prepare commands have run.</summary>
    public static async Task<Result<PreparedRun>> PrepareAsync(RunRequest request, CancellationToken cancel)
    {
        request = request.Grants.HostNetwork ? request with { Plan = MachineNetwork.Given(request.Plan) } : request;
        var plan = request.Plan;
        if (plan.Cells.Count == 0 && plan.Public.Count == 0)
        {
            return SupervisionDiagnostics.NothingToRun.Now(plan.Package.Name);
        }

        Diagnostic[] broken = [.. PlanRules.Check(plan)];
        if (broken.Length > 0)
        {
            return Result.Failed<PreparedRun>(broken);
        }

        var order = StageOrder.Of(plan);
        Diagnostic[] problems = [.. order.Diagnostics, .. ProcessEnvironment.Missing(plan, request.Env), .. GrantedFolders.Missing(plan, request.Grants.Mounts), .. MissingSecrets(request)];
        if (problems.Length > 0)
        {
            return Result.Failed<PreparedRun>(problems);
        }

        var granted = GrantedFolders.Open(plan, request.Grants.Mounts, request.Home, [request.Source, request.TreeDirectory, .. request.Dependencies.Values.Select(d => d.Directory)]);
        if (!granted.Succeeded)
        {
            return Result.Failed<PreparedRun>(granted.Diagnostics);
        }

        var replaced = granted.Value.Paths.Where(p => p.Value != request.Grants.Mounts[p.Key]).Select(p => SandboxDiagnostics.SourceReplaced.Now(request.Grants.Mounts[p.Key], p.Value)).ToArray();
        if (replaced.Length > 0)
        {
            granted.Value.Dispose();
            return Result.Failed<PreparedRun>(replaced);
        }

        var grants = request.Grants with { Mounts = granted.Value.Paths, Port = request.Port };
        var folder = await RunFolder.CreateAsync(request.Home, plan.Package, request.Source, grants, cancel);
        if (!folder.Succeeded)
        {
            granted.Value.Dispose();
            return Result.Failed<PreparedRun>(folder.Diagnostics);
        }

        folder.Value.Update(r => r with { Origin = request.Origin });
        var run = new PreparedRun(request, folder.Value, granted.Value);
        try
        {
            await run.PrepareAsync(order.Value!, cancel);
            return run;
        }
        catch (RefusedException refused) when (!cancel.IsCancellationRequested)
        {
            await run.FailAsync(refused.Diagnostic);
            return refused.Diagnostic;
        }
        catch
        {
            await run.DisposeAsync();

            // What a stop tears down in the middle of a start looks like a failure, and is none.
            cancel.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>Whoever makes the request finds the values; nothing starts without one of them.</summary>
    private static IEnumerable<Diagnostic> MissingSecrets(RunRequest request) =>
        from secret in UsedSecrets.Of(request.Plan)
        where !request.Secrets.Has(secret.Id)
        select SecretDiagnostics.Missing.Now(secret.Id, TerminalText.Line(secret.Usage), $"capsule kit secrets set {secret.Id}");

    internal static async Task<IReadOnlyDictionary<string, Toolchain>> ResolveAsync(RunRequest request, CancellationToken cancel)
    {
        var found = new Dictionary<string, Toolchain>(StringComparer.Ordinal);
        foreach (var wanted in request.Plan.Cells.SelectMany(c => c.Processes).Select(p => p.Toolchain).OfType<ToolchainPlan>().Distinct())
        {
            var resolved = await request.Toolchains.ResolveAsync(wanted, cancel);
            found[Key(wanted)] = resolved.Succeeded ? resolved.Value : throw new RefusedException(resolved.Diagnostics.First(d => d.IsError));
        }

        return found;
    }

    /// <summary>Two processes may want two versions of one tool.</summary>
    internal static string Key(ToolchainPlan wanted) => $"{wanted.Name} {wanted.Version} {wanted.Integrity}";
}
