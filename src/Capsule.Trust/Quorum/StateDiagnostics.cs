using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Quorum;

/// <summary>What can go wrong with the machine's memory of what it accepted.</summary>
internal static class StateDiagnostics
{
    public static readonly DiagnosticKind Malformed = new("CAP3150", Severity.Error,
        "The file '{0}', which remembers what was accepted here, is damaged: {1}.",
        "Put a good copy back. Removing it forgets every accepted signer and version, which an attacker would like; do that only if you know why it is damaged.");

    public static readonly DiagnosticKind Locked = new("CAP3151", Severity.Error,
        "The file '{0}' is held by another process.", "Wait for the other capsule command to end, then try again.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind NotWritten = new("CAP3152", Severity.Error,
        "The file '{0}' cannot be written: {1}.", "Check that the folder is yours and has room. Nothing was accepted.")
    { Exit = ExitCode.Invalid };
}
