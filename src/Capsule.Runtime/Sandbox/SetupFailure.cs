using Capsule.Core.Diagnostics;
using Capsule.Init.Wire;
using Capsule.Runtime.Examining;

namespace Capsule.Runtime.Sandbox;

/// <summary>Why bubblewrap did not bring up a cell, from what it wrote. The texts are those of versions 0.8 to 0.11 (specs: platform 10).</summary>
internal static class SetupFailure
{
    private static readonly string[] UsedUp = ["nesting depth", "ENOSPC", "No space left on device"];

    /// <summary>Those of maps and links are how AppArmor on Ubuntu shows: the namespace comes to be, without any right in it.</summary>
    private static readonly string[] Forbidden =
        ["No permissions to create new namespace", "No permissions to creating new namespace", "Creating new namespace failed", "uid map", "gid map", "RTM_NEWADDR", "RTM_NEWLINK"];

    /// <param name="name">Of the cell.</param>
    /// <param name="status">A wait status, or minus an <see cref="InitStep"/>.</param>
    /// <param name="text">What came on standard error.</param>
    public static Diagnostic Explain(string name, int status, string text)
    {
        var said = text.Trim().ReplaceLineEndings(" ");
        return -status is (int)InitStep.Groups or (int)InitStep.Gid or (int)InitStep.Uid ? SandboxDiagnostics.RootWithoutRights.Now(said)
            : Says(said, UsedUp) && said.Contains("namespace", StringComparison.Ordinal) ? SandboxDiagnostics.UserNamespacesExhausted.Now(said)
            : Says(said, Forbidden) ? SandboxDiagnostics.UserNamespacesForbidden.Now(said)
            : said.Length > 0 ? SandboxDiagnostics.SetupFailed.Now(name, said)
            : SandboxDiagnostics.SetupFailed.Now(name, status < 0 ? $"the step {(InitStep)(-status)} failed" : $"bubblewrap ended with {CellProcess.ExitCodeOf(status)}");
    }

    /// <summary>The same reason as a setting of the kernel, where one is to blame: it has a remedy of its own.</summary>
    public static Diagnostic Precisely(Diagnostic found) =>
        found.Kind == SandboxDiagnostics.UserNamespacesExhausted || found.Kind == SandboxDiagnostics.UserNamespacesForbidden ? KernelSettings.UserNamespaces("/proc/sys", "/etc/apparmor.d") ?? found
        : found.Message.Contains("mount proc", StringComparison.Ordinal) ? KernelSettings.Proc(File.ReadLines("/proc/self/mountinfo")) ?? found
        : found;

    private static bool Says(string text, string[] phrases) => phrases.Any(phrase => text.Contains(phrase, StringComparison.Ordinal));
}
