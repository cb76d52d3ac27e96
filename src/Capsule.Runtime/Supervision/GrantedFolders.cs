using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Plans.Permissions;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Supervision;

/// <summary>The folders that a user gives a run, each opened once and held until the run is over (specs: sandbox 2, 3).</summary>
public sealed class GrantedFolders : IDisposable
{
    private readonly Dictionary<string, HostFolder> _folders = new(StringComparer.Ordinal);

    private GrantedFolders()
    {
    }

    /// <summary>Mount id to path without links.</summary>
    public IReadOnlyDictionary<string, string> Paths => _folders.ToDictionary(f => f.Key, f => f.Value.Path, StringComparer.Ordinal);

    internal HostFolder this[string mount] => _folders[mount];

    /// <summary>The folders of the user's that the plan needs and nobody gave (CAP5410), each with what it is for.</summary>
    public static IEnumerable<Diagnostic> Missing(LaunchPlan plan, IReadOnlyDictionary<string, string> given) =>
        GrantSummary.Asked(plan).Where(m => !given.ContainsKey(m.Id))
            .Select(m => SupervisionDiagnostics.MountMissing.Now(plan.Package.Name, m.Id, GrantSummary.Lines(plan)));

    /// <summary>Opens those that the plan asks for, and refuses what no workload may have (CAP5120 to CAP5124, CAP5134 to CAP5136).</summary>
    /// <param name="plan">Which folders, and whether they may be changed.</param>
    /// <param name="given">Mount id to absolute path.</param>
    /// <param name="home">What lies in it is the runner's own.</param>
    /// <param name="packages">The folders of the package itself and of those that it depends on.</param>
    public static Result<GrantedFolders> Open(LaunchPlan plan, IReadOnlyDictionary<string, string> given, CapsuleHome home, IReadOnlyList<string> packages)
    {
        string[] projects = [.. packages.Select(RealPath)];
        var granted = new GrantedFolders();
        var problems = new List<Diagnostic>();
        foreach (var mount in GrantSummary.Asked(plan).Where(m => given.ContainsKey(m.Id)))
        {
            var folder = HostFolder.Open(given[mount.Id]);
            problems.AddRange(folder.Diagnostics);
            if (folder.Value is not { } opened)
            {
                continue;
            }

            granted._folders[mount.Id] = opened;
            if (Danger(opened.Path, mount.Access, RealPath(home.Root), projects) is { } danger)
            {
                problems.Add(SandboxDiagnostics.SourceDangerous.Now(given[mount.Id], danger));
            }
        }

        if (problems.Count == 0)
        {
            return granted;
        }

        granted.Dispose();
        return Result.Failed<GrantedFolders>(problems);
    }

    public void Dispose()
    {
        foreach (var folder in _folders.Values)
        {
            folder.Dispose();
        }
    }

    private static string? Danger(string path, MountAccess access, string home, IReadOnlyList<string> projects) =>
        path == home || IsBelow(path, home) ? $"it belongs to capsule's own folder {home}, where packages, consent and trust are kept"
        : IsBelow(home, path) ? $"it contains capsule's own folder {home}"
        : path.Split('/').Contains(".git") ? "it is version control data, whose hooks your next git command runs"
        : access == MountAccess.ReadWrite && projects.Contains(path, StringComparer.Ordinal) ? "it is the package's own project, and what is written there runs at your next build"
        : access == MountAccess.ReadWrite && projects.FirstOrDefault(p => IsBelow(p, path)) is { } project ? $"it contains the package's own project {project}, and what is written there runs at your next build"
        : null;

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    /// <summary>Without links, as far as it exists.</summary>
    private static string RealPath(string path)
    {
        using var handle = Descriptors.Open(path, Capsule.Init.Linux.Constants.OpenPathOnly);
        return handle is null ? path : HostFolder.RealPath(handle) ?? path;
    }
}
