using Capsule.Core.Diagnostics;

namespace Capsule.Families.Atoms;

/// <summary>Why bytes could not be fetched (CAP0893 to CAP0896; ATM3001 to ATM3004), and what is doubtful about how (CAP0879).</summary>
public static class AtomFetchDiagnostics
{
    public static readonly DiagnosticKind Unreachable = new("CAP0893", Severity.Error,
        "{0} cannot be reached: {1}.", "Check the address, the network and network.timeout_seconds in the settings, then try again.")
    { Aliases = ["ATM3001"], Exit = ExitCode.Network };

    public static readonly DiagnosticKind Status = new("CAP0894", Severity.Error,
        "{0} answered {1}.", "Open the address in a browser, and correct it when it leads elsewhere.")
    { Aliases = ["ATM3002"], Exit = ExitCode.Network };

    public static readonly DiagnosticKind AllFailed = new("CAP0895", Severity.Error,
        "'{0}' could be fetched neither from its canonical host nor from a mirror: {1}.", "Try again later, or add a mirror to mirror.toml at the catalog's root.")
    { Aliases = ["ATM3003"], Exit = ExitCode.Network };

    public static readonly DiagnosticKind Refused = new("CAP0896", Severity.Error,
        "{0} was not fetched: {1}.", "Name the address of the document itself; it may have {2} MiB and lie behind {3} redirects, all encrypted when the first is.")
    { Aliases = ["ATM3004"], Exit = ExitCode.Network };

    public static readonly DiagnosticKind NotEncrypted = new("CAP0879", Severity.Warning,
        "{0} is fetched without encryption: anybody on the way can change it.", "Use https, or compare the hash with one from another source.")
    { Aliases = ["ATM1135"] };
}
