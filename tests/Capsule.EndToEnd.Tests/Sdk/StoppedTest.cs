using Capsule.EndToEnd.Tests.Running;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A case that hangs, and a user who has enough of it.</summary>
internal static class StoppedTest
{
    private static readonly TimeSpan ToBegin = TimeSpan.FromSeconds(90);

    // Less than the 60 s after which the case would end by itself.
    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(40);

    /// <summary>Stops <c>dotnet test</c> while a case runs, and looks for what is left of it.</summary>
    /// <param name="tested">The Kit.</param>
    /// <param name="group">True to signal its process group as a terminal does; false for the .NET CLI alone.</param>
    /// <param name="signal">The signal.</param>
    public static async Task LeavesNothingAsync(TestedKit tested, bool group, int signal)
    {
        var seconds = $"9{Random.Shared.Next(10_000_000, 99_999_999)}";
        tested.Kit.Edit("capability-test.yml", "        - bun\n        - test", $"        - sleep\n        - '{seconds}'");
        using var run = tested.Start("--filter", "Kind=exec");
        try
        {
            await UntilAsync(() => Sleeping(seconds).Length > 0, () => $"The case did not begin: {run.All}", ToBegin);
            var left = HostProcesses.Tree(run.Id);

            Assert.AreEqual(0, LiveProgram.Send(group ? -run.Id : run.Id, signal));

            await run.EndAsync(60);
            await UntilAsync(() => Sleeping(seconds).Length == 0 && !left.Any(HostProcesses.IsAlive), () => string.Join('\n', left.Where(HostProcesses.IsAlive).Select(HostProcesses.CommandLine)), ToEnd);
        }
        finally
        {
            _ = LiveProgram.Send(-run.Id, LiveProgram.Kill);
            foreach (var pid in Sleeping(seconds))
            {
                _ = LiveProgram.Send(pid, LiveProgram.Kill);
            }
        }
    }

    private static int[] Sleeping(string seconds) => [.. HostProcesses.All().Where(p => HostProcesses.CommandLine(p).StartsWith($"sleep {seconds}", StringComparison.Ordinal))];

    private static async Task UntilAsync(Func<bool> holds, Func<string> otherwise, TimeSpan patience)
    {
        for (var end = DateTime.UtcNow + patience; !holds(); await Task.Delay(50))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, otherwise());
        }
    }
}
