using System.Globalization;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// What holds a cell, or a process of one, in words for whoever looks for the reason of a refusal: bubblewrap's arguments, mounts, Landlock's
/// rules, limits and the rule for sockets. Of the environment only names are told.
/// </summary>
/// <param name="Cell">The cell's name, for example <c>hello-world/hello</c>.</param>
/// <param name="Process">The process; null for the cell itself, which is told first.</param>
/// <param name="Lines">One fact each.</param>
public sealed record SandboxPolicy(string Cell, string? Process, IReadOnlyList<string> Lines)
{
    internal static SandboxPolicy Of(CellRequest request, IReadOnlyList<string> words) => new(request.Name, null,
    [
        $"cell {request.Name}",
        $"network: {(request.HostNetwork ? "the machine's own" : "a namespace of its own, with a loopback device alone")}",
        .. request.Mounts.Select(m => $"mount: {m.Source ?? "memory"} -> {m.Target}, {(m.Access is MountAccess.ReadWrite ? "read and write" : "read only")}{(m.Exec ? "" : ", no programs")}"),
        .. request.Files.Keys.Order(StringComparer.Ordinal).Select(f => $"file: {f}"),
        .. request.Devices.Select(d => $"device: {d}"),
        .. LandlockRules.For(request).Select(r => $"landlock: {r.Path}: {r.Access}"),
        .. Options(words).Select(o => $"bwrap: {o}"),
    ]);

    internal static SandboxPolicy Of(CellRequest cell, CellProcessRequest process, LimitsPlan limits) => new(cell.Name, process.Name,
    [
        "",
        $"process {process.Name}",
        $"program: {process.Argv[0]} in {process.Cwd}",
        $"environment: {string.Join(' ', process.Env.Keys.Order(StringComparer.Ordinal))}",
        $"seccomp: sockets of {(process.Network is NetworkMode.None ? "AF_UNIX alone" : "AF_UNIX, AF_INET and AF_INET6")}; calls that no workload needs are refused",
        string.Create(CultureInfo.InvariantCulture, $"limits: memory {limits.Memory?.ToString(CultureInfo.InvariantCulture) ?? "none"}, processes {limits.Pids ?? CellDefaults.Pids}, open files {limits.Files ?? CellDefaults.Files}"),
    ]);

    /// <summary>Each option with what belongs to it. Sources are descriptors, which the mounts above name.</summary>
    private static IEnumerable<string> Options(IReadOnlyList<string> words)
    {
        var line = new List<string>();
        foreach (var word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal) && line.Count > 0)
            {
                yield return string.Join(' ', line);
                line.Clear();
            }

            line.Add(word);
        }

        if (line.Count > 0)
        {
            yield return string.Join(' ', line);
        }
    }
}
