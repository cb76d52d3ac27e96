namespace Capsule.EndToEnd.Tests.Running;

/// <summary>One way in which a run may end: a signal to one of its processes.</summary>
/// <param name="Target">runner, spawner, bubblewrap, init or workload.</param>
/// <param name="Signal">Its number.</param>
internal sealed record Strike(string Target, int Signal)
{
    public static readonly Strike[] All =
    [
        new("runner", LiveProgram.Interrupt), new("runner", LiveProgram.Terminate), new("runner", LiveProgram.Kill), new("init", LiveProgram.Kill),
        new("workload", LiveProgram.Kill), new("workload", LiveProgram.Terminate), new("bubblewrap", LiveProgram.Kill), new("spawner", LiveProgram.Kill),
    ];

    public bool OnRunner => Target == "runner";

    public override string ToString() => $"{Signal} to the {Target}";

    /// <summary>False when there is no such process yet, or no longer.</summary>
    public bool Hit(int runner)
    {
        var pid = OnRunner ? runner : HostProcesses.Tree(runner).FirstOrDefault(p => Is(HostProcesses.CommandLine(p)));
        return pid > 0 && LiveProgram.Send(pid, Signal) == 0;
    }

    private bool Is(string line) => Target switch
    {
        "spawner" => line.Contains("capsule-init outer ", StringComparison.Ordinal),
        "bubblewrap" => line.StartsWith("bwrap ", StringComparison.Ordinal),
        "init" => line.StartsWith("/.capsule/init cell", StringComparison.Ordinal),
        _ => line.Contains("serve.pl", StringComparison.Ordinal) && !line.Contains("capsule", StringComparison.Ordinal),
    };
}
