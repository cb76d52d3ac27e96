using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Toolchains;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>Toolchains fetched once per machine through npm's own setting, and given to homes as hard links.</summary>
internal static class SharedToolchains
{
    private static readonly SemaphoreSlim Turn = new(1);
    private static readonly CapsuleHome Shared = new(Path.Combine(Path.GetTempPath(), $"capsule-test-toolchains-{Environment.UserName}"));

    public static async Task GiveAsync(string home, IEnumerable<string> tools)
    {
        await Turn.WaitAsync();
        try
        {
            foreach (var tool in tools)
            {
                var (name, version) = (tool.Split('@')[0], tool.Split('@').ElementAtOrDefault(1));
                var found = await new ToolchainResolver(Shared).ResolveAsync(new ToolchainPlan(name, version), default);
                Assert.IsTrue(found.Succeeded, string.Join('\n', found.Diagnostics.Select(d => d.Message)));
            }
        }
        finally
        {
            Turn.Release();
        }

        foreach (var tool in tools)
        {
            var target = Directory.CreateDirectory(Path.Combine(home, "toolchains")).FullName;
            var copied = await Command.RunAsync("cp", ["-al", Path.Combine(Shared.Toolchains, tool.Split('@')[0]), target]);
            Assert.AreEqual(0, copied.ExitCode, copied.All);
        }
    }

    /// <summary>Gives an ordinary user the right to delete the read-only folders below a home.</summary>
    public static void MakeRemovable(string home)
    {
        var folder = new DirectoryInfo(Path.Combine(home, "toolchains"));
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess || !folder.Exists)
        {
            return;
        }

        foreach (var below in folder.EnumerateDirectories("*", SearchOption.AllDirectories).Prepend(folder))
        {
            File.SetUnixFileMode(below.FullName, below.UnixFileMode | UnixFileMode.UserWrite);
        }
    }
}
