using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Toolchains;

/// <summary>The interpreters of Python that the system's packages installed. The version is what the program itself says.</summary>
internal static partial class SystemPython
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] Folders = ["/usr/bin", "/usr/local/bin"];
    private static readonly Dictionary<string, SemanticVersion?> Asked = new(StringComparer.Ordinal);

    public static async Task<IReadOnlyList<(SemanticVersion Version, string Program)>> FindAsync(CancellationToken cancel)
    {
        var found = new List<(SemanticVersion, string)>();
        foreach (var program in Programs())
        {
            if (await VersionOfAsync(program, cancel) is { } version)
            {
                found.Add((version, program));
            }
        }

        return found;
    }

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
