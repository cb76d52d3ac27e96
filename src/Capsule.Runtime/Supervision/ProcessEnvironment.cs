using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Supervision;

/// <summary>The whole environment of a process, built from nothing (design.md 8).</summary>
internal static class ProcessEnvironment
{
    private const string SystemPath = "/usr/local/bin:/usr/bin:/bin";

    public static SortedDictionary<string, string> Build(
        ProcessPlan plan, string? toolchain, IReadOnlyDictionary<string, string> ofToolchain, IReadOnlyDictionary<string, string> user, IReadOnlyDictionary<string, string> family)
    {
        var env = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = "/tmp",
            ["TMPDIR"] = "/tmp",
            ["LANG"] = "C.UTF-8",
        };
        foreach (var (name, value) in ofToolchain.Concat(plan.Env).Concat(user).Concat(family))
        {
            env[name] = value;
        }

        var path = env.GetValueOrDefault("PATH") is { Length: > 0 } own ? own : SystemPath;
        env["PATH"] = toolchain is null ? path : $"{toolchain}:{path}";
        return env;
    }

    /// <summary>Required variables without a value.</summary>
    public static IEnumerable<Diagnostic> Missing(LaunchPlan plan, IReadOnlyDictionary<string, string> user) =>
        from cell in plan.Cells
        from process in cell.Processes
        from name in process.RequiredEnv
        where string.IsNullOrWhiteSpace(user.GetValueOrDefault(name) ?? process.Env.GetValueOrDefault(name))
        select SupervisionDiagnostics.VariableMissing.Now(process.Id, name);
}
