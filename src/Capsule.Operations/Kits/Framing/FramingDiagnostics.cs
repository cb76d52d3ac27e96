using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Kits.Framing;

/// <summary>What can be wrong between the runner and a workload of an older SDK.</summary>
internal static class FramingDiagnostics
{
    public static readonly DiagnosticKind NotFramed = new("CAP5524", Severity.Error,
        "The exchange in frames with the workload failed: {0}.", "Its SDK is of 0.0.4 or 0.0.5, which takes 8 MiB at most and streams nothing. Use @capakit/sdk 0.0.10, which speaks plain HTTP.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind TooOld = new("CAP5525", Severity.Warning,
        "The workload '{0}' uses @capakit/sdk {1}, which speaks HTTP/2 with the runner; that is not supported, so it cannot be called.", "Use @capakit/sdk 0.0.4 or later, best 0.0.10.");
}
