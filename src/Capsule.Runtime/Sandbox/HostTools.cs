using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Sandbox;

/// <summary>bubblewrap and the init of this machine, found and examined (specs: platform 10, 1 to 4).</summary>
internal sealed record HostTools(string BubblewrapPath, string BubblewrapVersion, string InitPath, int LandlockAbi)
{
    private const string MinimumVersion = "0.8.0";
    private static readonly string[] Places = ["/usr/bin/bwrap", "/bin/bwrap", "/usr/local/bin/bwrap"];

    private static readonly string[] OptionsUsed =
    [
        "--args", "--as-pid-1", "--bind-fd", "--cap-drop", "--clearenv", "--dev", "--die-with-parent", "--disable-userns", "--hostname", "--new-session",
        "--perms", "--proc", "--remount-ro", "--ro-bind-data", "--ro-bind-fd", "--size", "--unshare-all",
    ];

    public static async Task<Result<HostTools>> FindAsync(SandboxOptions options, CancellationToken cancel)
    {
        if (!OperatingSystem.IsLinux())
        {
            return SandboxDiagnostics.NotLinux.Now();
        }

        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return SandboxDiagnostics.ArchitectureUnknown.Now(RuntimeInformation.ProcessArchitecture);
        }

        var version = await BubblewrapAsync(options, cancel);
        return version.Succeeded ? await InitAsync(options, version.Value, cancel) : Result.Failed<HostTools>(version.Diagnostics);
    }

    private static async Task<Result<HostTools>> BubblewrapAsync(SandboxOptions options, CancellationToken cancel)
    {
        string[] places = options.BwrapPath is { } given ? [given] : Places;
        var path = places.FirstOrDefault(File.Exists);
        if (path is null || !Path.IsPathRooted(path))
        {
            return SandboxDiagnostics.BubblewrapAbsent.Now(string.Join(", ", places));
        }

        var real = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        for (var part = real; part is not null; part = Path.GetDirectoryName(part))
        {
            if (FileStatus.Of(part) is not { OnlyRootMayChange: true })
            {
                return SandboxDiagnostics.BubblewrapNotTrusted.Now(real);
            }
        }

        var version = (await RunAsync(real, "--version", cancel)).Replace("bubblewrap", "", StringComparison.Ordinal).Trim();
        var help = await RunAsync(real, "--help", cancel);
        var missing = OptionsUsed.Where(option => !help.Contains(option + " ", StringComparison.Ordinal)).ToArray();
        return !Version.TryParse(version, out var parsed) || parsed < Version.Parse(MinimumVersion)
                ? SandboxDiagnostics.BubblewrapTooOld.Now(real, $"its version is '{version}'", MinimumVersion)
            : missing.Length > 0 ? SandboxDiagnostics.BubblewrapTooOld.Now(real, $"it does not know {string.Join(", ", missing)}", MinimumVersion)
            : new HostTools(real, version, "", 0);
    }

    private static async Task<Result<HostTools>> InitAsync(SandboxOptions options, HostTools tools, CancellationToken cancel)
    {
        var path = options.InitPath ?? InitBinary.Find();
        if (path is null || !File.Exists(path))
        {
            return SandboxDiagnostics.InitAbsent.Now(path ?? InitBinary.Expected);
        }

        if (InitBinary.Difference(path) is { } difference)
        {
            return SandboxDiagnostics.InitDiffers.Now(path, difference);
        }

        var answer = await RunAsync(path, Init.Wire.Protocol.ProbeMode, cancel);
        var facts = answer.Split(' ', '\n').Select(f => f.Split('=')).Where(f => f.Length == 2).ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal);
        if (facts.GetValueOrDefault("protocol") != Init.Wire.Protocol.Version.ToString(CultureInfo.InvariantCulture))
        {
            return SandboxDiagnostics.InitDiffers.Now(path, $"it speaks protocol '{facts.GetValueOrDefault("protocol")}'");
        }

        return facts.GetValueOrDefault("seccomp") is var seccomp && seccomp != "0"
            ? SandboxDiagnostics.SeccompRefused.Now(seccomp)
            : tools with { InitPath = Path.GetFullPath(path), LandlockAbi = int.Parse(facts["landlock"], CultureInfo.InvariantCulture) };
    }

    /// <summary>Standard output; empty when the program does not start or end.</summary>
    private static async Task<string> RunAsync(string program, string argument, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        try
        {
            using var process = Process.Start(start)!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(TimeSpan.FromSeconds(10));
            try
            {
                var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                return output;
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                cancel.ThrowIfCancellationRequested();
                return "";
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
