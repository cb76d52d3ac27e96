using Capsule.Core.Diagnostics;

namespace Capsule.Families.Atoms.Edits;

/// <summary>What can prevent an <c>atom.toml</c> from being written (CAP0890, CAP0891).</summary>
public static class AtomFileDiagnostics
{
    public static readonly DiagnosticKind Changed = new("CAP0890", Severity.Error,
        "The file was changed by somebody else since it was read; nothing was written.", "Look at the other change, then run the command again.")
    { Exit = ExitCode.Conflict, Aliases = ["ATM1021"] };

    public static readonly DiagnosticKind NotWritten = new("CAP0891", Severity.Error,
        "The file cannot be written: {0}", "Check that you may write to the atom's folder, and that the disk has room.")
    { Aliases = ["ATM1022"] };
}
