using Capsule.Core.Diagnostics;

namespace Capsule.Distribution.Release;

/// <summary>What can go wrong while a release is put together.</summary>
internal static class ReleaseDiagnostics
{
    public static readonly DiagnosticKind SignaturesBusy = new("CAP4105", Severity.Error,
        "The signatures in '{0}' are being changed by another process.", "Wait for the other capsule command or build to end, then sign again.")
    { Exit = ExitCode.Conflict };
}
