using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Supervision;

/// <summary>What can go wrong while the runner starts, watches and stops processes.</summary>
internal static class SupervisionDiagnostics
{
    public static readonly DiagnosticKind RelativeHome = new("CAP5400", Severity.Error,
        "CAPSULE_HOME must be an absolute path, but is '{0}'.", "Set CAPSULE_HOME to a path that starts with '/', or unset it to use ~/.capsule.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NoHome = new("CAP5401", Severity.Error,
        "No home folder is known, so there is no place for stored packages and runs.", "Set CAPSULE_HOME to a folder that you own.")
    { Exit = ExitCode.Invalid };
}
