using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Running;
using Capsule.Operations.Settings;
using Capsule.Operations.Testing;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Testing;

namespace Capsule.Cli.Launcher;

/// <summary>The project that is tested: compiled from its manifest, so that every place is the author's own file.</summary>
internal sealed record TestedPackage(Result<RunTarget> Target, LaunchGiven Given)
{
    public static async Task<TestedPackage> LoadAsync(string manifest, LaunchGiven given, CancellationToken cancel)
    {
        var (home, selection) = (CapsuleHome.Find(), given.Select());
        return home.Succeeded && selection.Succeeded
            ? new(await RunTarget.OfProjectAsync(home.Value, manifest, selection.Value, requireLock: false, cancel), given)
            : new(Result.Failed<RunTarget>([.. home.Diagnostics, .. selection.Diagnostics]), given);
    }

    public Result<TestPlan> Tests => !Target.Succeeded
        ? Result.Failed<TestPlan>(Target.Diagnostics)
        : Target.Value.Compiled.Tests ?? new TestPlan { Package = Target.Value.Compiled.Package, File = "", Cases = [] };

    public async Task<TestRun> RunAsync(IReadOnlyList<TestCase> cases, Action<CaseResult> finished, CancellationToken cancel)
    {
        var target = OrRefuse(Target);
        var home = OrRefuse(CapsuleHome.Find());
        await using var sandbox = new BubblewrapSandbox(OrRefuse(UserSettings.Load(home.Config)).ForSandboxes());
        var request = new PackageRunRequest
        {
            Package = target.Compiled with { Tests = target.Compiled.Tests! with { Cases = cases } },
            Directory = target.Folder,
            Mode = Given.Mode ?? RunMode.Managed,
            Locked = target.Locked,
            Home = home,
            Sandbox = sandbox,
            Grants = target.Compiled.Launch is { } plan ? OrRefuse(GrantOptions.Resolve(Given.Mounts, target.Folder, home, plan, target.Folder)) : Grants.None,
        };
        return await PackageTests.RunAsync(request, new TestRunOptions(), finished, cancel);
    }

    private static T OrRefuse<T>(Result<T> result)
        where T : class => result.Succeeded ? result.Value : throw new RefusedException(result.Diagnostics.First(d => d.IsError));
}
