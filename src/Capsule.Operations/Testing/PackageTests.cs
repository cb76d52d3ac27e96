using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Running;
using Capsule.Runtime.Testing;

namespace Capsule.Operations.Testing;

/// <summary>Runs the tests that a package brings, in its sandbox, from preparation to stop.</summary>
public static class PackageTests
{
    /// <summary>What is said of a package without cases (CAP6020).</summary>
    public static Diagnostic NoCases(PackageReference package) => PackageTestDiagnostics.NoCases.Now(package.Name);

    /// <param name="request">The package and what the user grants.</param>
    /// <param name="options">Which cases, and limits.</param>
    /// <param name="finished">Receives each result as soon as it is known.</param>
    /// <param name="cancel">Ends the case that runs and stops the package; throws <see cref="OperationCanceledException"/> after both.</param>
    public static async Task<TestRun> RunAsync(PackageRunRequest request, TestRunOptions options, Action<CaseResult>? finished, CancellationToken cancel)
    {
        if (request.Package.Tests is not { Cases.Count: > 0 } plan)
        {
            return new TestRun([], [NoCases(request.Package.Package)]);
        }

        var compiled = request.Package;
        var tested = request with { Package = compiled with { Launch = compiled.Launch is { } launch ? StubbedPlan.Of(launch, plan.Stubs) : null } };
        await using var package = new PackageUnderTest(tested, options.Reached);
        return await TestEngine.RunAsync(plan, package, options, finished, cancel);
    }
}
