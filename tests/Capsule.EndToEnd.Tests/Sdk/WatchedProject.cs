using Capsule.EndToEnd.Tests.Running;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary><c>dotnet watch</c> at a project, at the head of a process group of its own, until the test has seen enough.</summary>
internal sealed class WatchedProject : IAsyncDisposable
{
    private const string Waiting = "Waiting for a file to change";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly LiveProgram _watch;
    private int _read;

    private WatchedProject(LiveProgram watch) => _watch = watch;

    public static WatchedProject Start(Scenario project, (string Name, string? Value)[] environment, params string[] arguments) => new(new LiveProgram(
        "env", ["--default-signal=INT", "setsid", "sh", "-c", "exec dotnet watch --non-interactive \"$@\" 2>&1", "sh", .. arguments], project.Folder,
        project.Environment([("CAPSULE_HOME", Home.WithToolchains()), .. environment])));

    /// <summary>What was printed since the last call, when the command has ended and the watch waits.</summary>
    public Task<string> EndedAsync() => PrintedAsync(Waiting);

    /// <summary>What was printed since the last call, as soon as it holds a text.</summary>
    public async Task<string> PrintedAsync(string text)
    {
        for (var end = DateTime.UtcNow + Patience; ; await Task.Delay(50))
        {
            var all = _watch.All;
            if (all.IndexOf(text, _read, StringComparison.Ordinal) is >= 0 and var at)
            {
                var printed = all[_read..(at + text.Length)];
                _read = at + text.Length;
                return printed;
            }

            Assert.IsFalse(_watch.HasEnded, $"It ended before it printed '{text}':\n{all}");
            Assert.IsLessThan(end, DateTime.UtcNow, $"It did not print '{text}':\n{all}");
        }
    }

    /// <summary>Ctrl-C, as a terminal sends it; nothing that it started is left then.</summary>
    public async Task StopAsync()
    {
        var left = HostProcesses.Tree(_watch.Id);
        _ = LiveProgram.Send(-_watch.Id, LiveProgram.Interrupt);
        await _watch.EndAsync(60);
        for (var end = DateTime.UtcNow + Patience; left.Any(HostProcesses.IsAlive); await Task.Delay(50))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, string.Join('\n', left.Where(HostProcesses.IsAlive).Select(HostProcesses.CommandLine)));
        }
    }

    public ValueTask DisposeAsync()
    {
        _ = LiveProgram.Send(-_watch.Id, LiveProgram.Kill);
        _watch.Dispose();
        return ValueTask.CompletedTask;
    }
}
