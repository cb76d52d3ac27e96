using Capsule.Core.Diagnostics;

namespace Capsule.Families.Atoms;

/// <summary>Why signatures of an atom do not suffice (CAP0871 to CAP0874, CAP0887; ATM5001 to ATM5005).</summary>
public static class AtomSignatureDiagnostics
{
    public static readonly DiagnosticKind Invalid = new("CAP0871", Severity.Error,
        "The signature of '{0}' is not one over these files.", "The files were changed after it was made, or it was made by another key: have the atom signed again.")
    { Aliases = ["ATM5001"], Exit = ExitCode.Refused };

    public static readonly DiagnosticKind Revoked = new("CAP0872", Severity.Error,
        "The signature of '{0}' is by a revoked key and counts for nothing.", "Have the atom signed by another key of the role '{1}'.")
    { Aliases = ["ATM5002"], Exit = ExitCode.Refused };

    public static readonly DiagnosticKind Quorum = new("CAP0873", Severity.Error,
        "The quorum '{0}' is not met: {1}.", "Collect the missing signatures with 'atoms sign'; 'atoms verify --explain' shows who can still sign.")
    { Aliases = ["ATM5003"], Exit = ExitCode.Refused };

    public static readonly DiagnosticKind NotAccepted = new("CAP0874", Severity.Error,
        "The signature of '{0}' does not count: {1}.", "Register the key in ATOMS.yml as it is, or have the atom signed again.")
    { Aliases = ["ATM5004"], Exit = ExitCode.Refused };

    public static readonly DiagnosticKind Envelope = new("CAP0887", Severity.Error,
        "The envelope of '{0}' is not one over this atom{1}.", "Restore id, version, lifecycle, signed_at, the files and their names; when the change is meant, have it signed again with 'atoms sign --envelope --key {0}'.")
    { Aliases = ["ATM5005"], Exit = ExitCode.Refused };
}
