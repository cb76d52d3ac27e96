using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Toolchains;

/// <summary>
/// Interpreters that no npm package carries: the machine's own, from folders that only root may change, never from a login PATH
/// (design.md 8). The version is what the program itself says.
/// </summary>
internal static partial class SystemToolchains
{
    public const string Python = "python";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] Folders = ["/usr/bin", "/usr/local/bin"];
    private static readonly Dictionary<string, SemanticVersion?> Asked = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = [Python];

    /// <summary>The newest one in the range. Throws <see cref="RefusedException"/>.</summary>
    public static async Task<Toolchain> FindAsync(ToolchainPlan plan, CancellationToken cancel)
    {
        if (!VersionRange.TryParse(plan.Version, out var range))
        {
            throw new RefusedException(ToolchainDiagnostics.BadRange.Now(plan.Version, plan.Name));
        }

        var found = new List<(SemanticVersion Version, string Program)>();
        foreach (var program in Programs())
        {
            if (await VersionOfAsync(program, cancel) is { } version)
            {
                found.Add((version, program));
            }
        }

        var chosen = found.Where(f => range.Includes(f.Version)).OrderByDescending(f => f.Version).FirstOrDefault();
        return chosen.Program is { } path
            ? new Toolchain(plan.Name, chosen.Version.ToString(), null, Path.GetDirectoryName(path)!, Path.GetFileName(path), ToolchainChoice.System)
            : throw new RefusedException(ToolchainDiagnostics.NotOnThisMachine.Now(
                plan.Name, plan.Version ?? "*", found.Count == 0 ? "none" : string.Join(", ", found.Select(f => f.Version).Distinct().Order()), Minor(found)));
    }

    /// <summary>The names under which a program looks for an interpreter.</summary>
    public static IEnumerable<string> CommandsOf(Toolchain toolchain) =>
        new[] { "python", "python3", toolchain.Program }.Distinct(StringComparer.Ordinal);

    private static string Minor(IReadOnlyList<(SemanticVersion Version, string Program)> found) =>
        found.Select(f => f.Version).Max() is { } newest ? $"{newest.Major}.{newest.Minor}" : "3.11";

    private static IEnumerable<string> Programs() =>
        from folder in Folders
        where Directory.Exists(folder) && FileStatus.Of(folder) is { OnlyRootMayChange: true }
        from file in Directory.EnumerateFiles(folder, "python3*")
        where PythonName().IsMatch(Path.GetFileName(file))
            && FileStatus.Of(file) is { OnlyRootMayChange: true, IsLink: false }
        select file;

    private static async Task<SemanticVersion?> VersionOfAsync(string program, CancellationToken cancel)
    {
        lock (Asked)
        {
            if (Asked.TryGetValue(program, out var known))
            {
                return known;
            }
        }

        var said = SemanticVersion.TryParse(await SayAsync(program, cancel), out var version) ? version : null;
        lock (Asked)
        {
            Asked[program] = said;
        }

        return said;
    }

    private static async Task<string> SayAsync(string program, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program, ["-I", "-S", "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            try
            {
                var noise = process.StandardError.ReadToEndAsync(limit.Token);
                var answer = await process.StandardOutput.ReadToEndAsync(limit.Token);
                await noise;
                await process.WaitForExitAsync(limit.Token);
                return answer.Trim();
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancel.ThrowIfCancellationRequested();
                return "";
            }
        }
        catch (Win32Exception)
        {
            return "";
        }
    }

    [GeneratedRegex(@"\Apython3(?:\.[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PythonName();
}
