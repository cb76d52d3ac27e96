using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Running;

/// <summary>Why a package that is sound does not run.</summary>
internal static class RunningDiagnostics
{
    public static readonly DiagnosticKind NoLaunch = new("CAP5422", Severity.Error,
        "'{0}' is a package of the family '{1}' that cannot be run.", "Build, publish or install it; only packages with something to start run.")
    { Exit = ExitCode.Invalid };
}
