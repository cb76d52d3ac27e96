using Capsule.Core.Diagnostics;

namespace Capsule.Families.Kits.Planning;

/// <summary>Features of Kits that this version validates and packs, but cannot run yet (CAP5950 to CAP5969).</summary>
internal static class KitSupportDiagnostics
{
    private const string Hint = "The Kit can be built, packed, signed and published; to run it, use a later version or remove this for now.";

    // CAP5950 was for secrets, CAP5951 for host mounts, CAP5952 for connections, CAP5953 for hydrate, CAP5956 for Relays; codes are never used again.
    public static readonly DiagnosticKind Imports = NotYet("CAP5954", "Workload '{0}' is imported from another Kit, which this version cannot start yet.");

    public static readonly DiagnosticKind Variants = NotYet("CAP5955", "Workload '{0}' has variants, among which this version cannot choose yet.");

    public static readonly DiagnosticKind Dependencies = NotYet("CAP5957", "The Kit depends on '{0}', and this version cannot fetch other Kits yet.");

    public static readonly DiagnosticKind Unanswered = new("CAP5720", Severity.Error,
        "Nothing answers the endpoint '{0}' of workload '{1}': it has no code, and its Relays are at {2}.", "Remove the endpoint, add a Relay for it, or give the workload a 'source'.")
    { Exit = ExitCode.Invalid };

    private static DiagnosticKind NotYet(string code, string message) => new(code, Severity.Error, message, Hint) { Exit = ExitCode.Invalid };
}
