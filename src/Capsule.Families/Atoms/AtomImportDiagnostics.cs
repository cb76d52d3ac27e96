using Capsule.Core.Diagnostics;

namespace Capsule.Families.Atoms;

/// <summary>What an import can end with besides a failed fetch (CAP0817, CAP0880, CAP0853 to CAP0855).</summary>
public static class AtomImportDiagnostics
{
    public static readonly DiagnosticKind Exists = new("CAP0817", Severity.Error,
        "There is an atom '{0}' already.", "Choose another --slug or --version, or replace the atom with --force.")
    { Aliases = ["ATM1017"], Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind Complete = new("CAP0880", Severity.Info,
        "The new atom.toml is a skeleton; still to be written: {0}.", "Write them, then run 'atoms validate' and 'atoms canonicalize'.")
    { Aliases = ["ATM1136"] };

    public static readonly DiagnosticKind Replaced = new("CAP0853", Severity.Warning,
        "The atom '{0}' that was there is replaced with all its files and signatures.", "Take it back from version control when that was not meant.")
    { Aliases = ["ATM1143"] };

    public static readonly DiagnosticKind NotImported = new("CAP0854", Severity.Error,
        "'{0}' was not imported: [protocol.import] with 'source_url' and 'sha256' is missing.", "Only atoms made by 'atoms import' can be compared with their source.")
    { Aliases = ["ATM1024"] };

    public static readonly DiagnosticKind Drifted = new("CAP0855", Severity.Error,
        "{0}", "Import the new text as a new version when it is meant to be followed.")
    { Aliases = ["ATM1025"] };
}
