using Capsule.Core.Diagnostics;

namespace Capsule.Families.Kits.Planning;

/// <summary>
/// What keeps Relays from running (CAP5720). Codes that are never used again: CAP5950 for secrets, CAP5951 for host mounts, CAP5952 for
/// connections, CAP5953 for hydrate, CAP5954 for imports, CAP5955 for variants, CAP5956 for Relays, CAP5957 for dependencies, all "not yet".
/// </summary>
internal static class RelayDiagnostics
{
    public static readonly DiagnosticKind Unanswered = new("CAP5720", Severity.Error,
        "Nothing answers the endpoint '{0}' of workload '{1}': it has no code, and its Relays are at {2}.", "Remove the endpoint, add a Relay for it, or give the workload a 'source'.")
    { Exit = ExitCode.Invalid };
}
