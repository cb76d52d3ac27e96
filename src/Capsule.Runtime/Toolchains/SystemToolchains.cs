using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Toolchains;

/// <summary>
/// Programs that no npm package carries: the machine's own, from folders that only root may change, never from a login PATH
/// (design.md 8).
/// </summary>
internal static class SystemToolchains
{
    public const string Python = "python";
    public const string Dotnet = "dotnet";

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    public static IReadOnlyList<string> Names { get; } = [Python, Dotnet];

    /// <summary>The newest one in the range. Throws <see cref="RefusedException"/>.</summary>
    public static async Task<Toolchain> FindAsync(ToolchainPlan plan, CancellationToken cancel)
    {
        if (!VersionRange.TryParse(plan.Version, out var range))
        {
            throw new RefusedException(ToolchainDiagnostics.BadRange.Now(plan.Version, plan.Name));
        }

        var found = plan.Name == Dotnet ? SystemDotnet.Find() : await SystemPython.FindAsync(cancel);
        var chosen = found.Where(f => range.Includes(f.Version)).OrderByDescending(f => f.Version).FirstOrDefault();
        return chosen.Program is { } path
            ? new Toolchain(plan.Name, chosen.Version.ToString(), null, Path.GetDirectoryName(path)!, Path.GetFileName(path), ToolchainChoice.System)
            : throw new RefusedException(ToolchainDiagnostics.NotOnThisMachine.Now(
                plan.Name, plan.Version ?? "*", found.Count == 0 ? "none" : string.Join(", ", found.Select(f => f.Version).Distinct().Order()), Remedy(plan, found)));
    }

    /// <summary>The names under which a program looks for it.</summary>
    public static IEnumerable<string> CommandsOf(Toolchain toolchain) =>
        toolchain.Name == Dotnet ? [toolchain.Program] : new[] { "python", "python3", toolchain.Program }.Distinct(StringComparer.Ordinal);

    /// <summary>Variables that a process with the toolchain has beside its own, which win.</summary>
    public static IReadOnlyDictionary<string, string> Variables(Toolchain? toolchain) => toolchain?.Name == Dotnet
        ? new Dictionary<string, string>(SystemDotnet.Variables) { ["DOTNET_ROOT"] = toolchain.Directory }
        : None;

    private static string Remedy(ToolchainPlan plan, IReadOnlyList<(SemanticVersion Version, string Program)> found) => plan.Name == Dotnet
        ? "Install the .NET SDK from the system's packages, so that it is below /usr and only root may change it; copies in a home folder do not count."
        : "Install it from the system's packages (only /usr/bin and /usr/local/bin count, owned by root), or ask for what is there: runtime_version = "
            + (found.Select(f => f.Version).Max() is { } newest ? $"\"{newest.Major}.{newest.Minor}\"." : "\"3.11\".");
}
