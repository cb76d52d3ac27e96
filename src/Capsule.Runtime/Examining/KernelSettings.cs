using Capsule.Core.Diagnostics;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Examining;

/// <summary>What the kernel's settings say about namespaces and /proc. They explain why a cell does not open; whether it does is tried.</summary>
internal static class KernelSettings
{
    private static readonly string[] Harmless = ["/proc/sys/fs/binfmt_misc"];

    /// <summary>Why user namespaces are forbidden; null when no setting forbids them.</summary>
    /// <param name="settings">Where sysctls are files: <c>/proc/sys</c>.</param>
    /// <param name="profiles">Where AppArmor's profiles are: <c>/etc/apparmor.d</c>.</param>
    public static Diagnostic? UserNamespaces(string settings, string profiles) =>
        Value(settings, "user/max_user_namespaces") == "0" ? SandboxDiagnostics.UserNamespacesExhausted.Now("user.max_user_namespaces is 0")
        : Value(settings, "kernel/unprivileged_userns_clone") == "0" ? SandboxDiagnostics.UserNamespacesForbidden.Now("kernel.unprivileged_userns_clone is 0")
        : Value(settings, "kernel/apparmor_restrict_unprivileged_userns") == "1" && !HasProfile(profiles) ? SandboxDiagnostics.AppArmorForbids.Now()
        : null;

    /// <summary>Mounts over parts of /proc, by which the kernel refuses a new one in a user namespace.</summary>
    /// <param name="mounts">The lines of <c>/proc/self/mountinfo</c> (proc(5)); the fifth field is the place.</param>
    public static Diagnostic? Proc(IEnumerable<string> mounts)
    {
        var over = mounts.Select(line => line.Split(' ')).Where(fields => fields.Length > 4).Select(fields => fields[4])
            .Where(place => place.StartsWith("/proc/", StringComparison.Ordinal) && !Harmless.Contains(place, StringComparer.Ordinal)).Distinct().ToArray();
        return over.Length == 0 ? null : SandboxDiagnostics.ProcCovered.Now(string.Join(", ", over));
    }

    public static string? Value(string settings, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(settings, name)).Trim();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool HasProfile(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder).Any(file => File.ReadAllText(file) is var text
                && text.Contains("bwrap", StringComparison.Ordinal) && text.Contains("userns", StringComparison.Ordinal));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
