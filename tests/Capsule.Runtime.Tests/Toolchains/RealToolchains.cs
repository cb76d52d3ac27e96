using Capsule.Runtime.Supervision;
using Capsule.Runtime.Toolchains;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Toolchains;

/// <summary>Real toolchains for the tests that start real workloads: fetched once per test run through npm's own setting.</summary>
internal static class RealToolchains
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"capsule-test-toolchains-{Environment.UserName}");

    /// <summary>A home of its own, so that each machine fetches a toolchain once and not once per test.</summary>
    public static CapsuleHome Home { get; } = new(Folder);

    public static async Task<Toolchain> GetAsync(string name)
    {
        var result = await new ToolchainResolver(Home).ResolveAsync(new(name), default);
        Assert.IsTrue(result.Succeeded, string.Join('\n', result.Diagnostics.Select(d => d.Message)));
        return result.Value;
    }
}
