using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Capsule.Core.Diagnostics;
using Capsule.Init.Wire;

namespace Capsule.Runtime.Sandbox;

/// <summary>bubblewrap and the init of this machine, found and examined (specs: platform 10, 1 to 4).</summary>
internal sealed record HostTools(string BubblewrapPath, string BubblewrapVersion, string InitPath, int LandlockAbi)
{
    private const string MinimumVersion = "0.8.0";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string[] Places = ["/usr/bin/bwrap", "/bin/bwrap", "/usr/local/bin/bwrap"];

    private static readonly string[] OptionsUsed =
    [
        "--args", "--as-pid-1", "--bind-fd", "--cap-drop", "--clearenv", "--dev", "--disable-userns", "--hostname", "--new-session",
        "--perms", "--proc", "--remount-ro", "--ro-bind-data", "--ro-bind-fd", "--size", "--unshare-all",
    ];

    public static async Task<Result<HostTools>> FindAsync(SandboxOptions options, CancellationToken cancel)
    {
        if (MachineProblem(OperatingSystem.IsLinux(), RuntimeInformation.ProcessArchitecture) is { } wrongMachine)
        {
            return wrongMachine;
        }

        var (bubblewrap, init) = (FindBubblewrap(options), FindInit(options));
        if (!bubblewrap.Succeeded || !init.Succeeded)
        {
            return Result.Failed<HostTools>([.. bubblewrap.Diagnostics, .. init.Diagnostics]);
        }

        var said = await Task.WhenAll(
            AskAsync(bubblewrap.Value, "--version", cancel), AskAsync(bubblewrap.Value, "--help", cancel), AskAsync(init.Value, Protocol.ProbeMode, cancel));
        var version = VersionOf(said[0]);
        if (BubblewrapProblem(bubblewrap.Value, version, said[1]) is { } unusable)
        {
            return unusable;
        }

        var facts = Facts(said[2]);
        return InitProblem(init.Value, facts) is { } wrongInit
            ? wrongInit
            : new HostTools(bubblewrap.Value, version, init.Value, int.Parse(facts["landlock"], CultureInfo.InvariantCulture));
    }

    /// <summary>bubblewrap's own file, absolute, changeable by root only.</summary>
    internal static Result<string> FindBubblewrap(SandboxOptions options)
    {
        string[] places = options.BwrapPath is { } given ? [given] : Places;
        var path = places.FirstOrDefault(place => Path.IsPathRooted(place) && File.Exists(place));
        if (path is null)
        {
            return SandboxDiagnostics.BubblewrapAbsent.Now(string.Join(", ", places));
        }

        var bubblewrap = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        return OnlyRootMayReplace(bubblewrap) ? bubblewrap
            : UserNamespaceMap.HidesOwner(bubblewrap) ? SandboxDiagnostics.OwnersUnknown.Now(bubblewrap)
            : SandboxDiagnostics.BubblewrapNotTrusted.Now(bubblewrap);
    }

    /// <summary>The init that this runner was built with, absolute, executable for every user.</summary>
    internal static Result<string> FindInit(SandboxOptions options)
    {
        var init = options.InitPath ?? InitBinary.Find();
        return init is null || !File.Exists(init) ? SandboxDiagnostics.InitAbsent.Now(init ?? InitBinary.Expected)
            : InitBinary.Difference(init) is { } difference ? SandboxDiagnostics.InitDiffers.Now(init, difference)
            : InitBinary.LetAllExecute(init) ? Path.GetFullPath(init)
            : SandboxDiagnostics.InitNotExecutable.Now(init);
    }

    internal static string VersionOf(string said) => said.Replace("bubblewrap", "", StringComparison.Ordinal).Trim();

    internal static Diagnostic? MachineProblem(bool linux, Architecture architecture) =>
        !linux ? SandboxDiagnostics.NotLinux.Now()
        : architecture != Architecture.X64 ? SandboxDiagnostics.ArchitectureUnknown.Now(architecture)
        : null;

    internal static Diagnostic? BubblewrapProblem(string path, string version, string help)
    {
        var missing = OptionsUsed.Where(option => !help.Contains(option + " ", StringComparison.Ordinal)).ToArray();
        return !Version.TryParse(version, out var parsed) || parsed < Version.Parse(MinimumVersion)
                ? SandboxDiagnostics.BubblewrapTooOld.Now(path, $"its version is '{version}'", MinimumVersion)
            : missing.Length > 0 ? SandboxDiagnostics.BubblewrapTooOld.Now(path, $"it does not know {string.Join(", ", missing)}", MinimumVersion)
            : null;
    }

    internal static Diagnostic? InitProblem(string path, IReadOnlyDictionary<string, string> facts)
    {
        var protocol = facts.GetValueOrDefault("protocol", "none");
        return protocol != Protocol.Version.ToString(CultureInfo.InvariantCulture) ? SandboxDiagnostics.InitDiffers.Now(path, $"it speaks protocol {protocol}")
            : facts.GetValueOrDefault("seccomp") is var seccomp && seccomp != "0" ? SandboxDiagnostics.SeccompRefused.Now(seccomp)
            : null;
    }

    internal static Dictionary<string, string> Facts(string answer) =>
        answer.Split(' ', '\n').Select(fact => fact.Split('=')).Where(fact => fact.Length == 2).ToDictionary(fact => fact[0], fact => fact[1], StringComparer.Ordinal);

    private static bool OnlyRootMayReplace(string path)
    {
        for (var part = path; part is not null; part = Path.GetDirectoryName(part))
        {
            if (FileStatus.Of(part) is not { OnlyRootMayChange: true })
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Standard output; empty when the program does not start or end.</summary>
    internal static async Task<string> AskAsync(string program, string argument, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        try
        {
            using var process = Process.Start(start)!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Patience);
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
