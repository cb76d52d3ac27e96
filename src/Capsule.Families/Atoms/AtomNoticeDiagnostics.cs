using Capsule.Core.Diagnostics;

namespace Capsule.Families.Atoms;

/// <summary>What deserves a look in an atom or its catalog and does not make it wrong (CAP0821 to CAP0840; ATM1101 to ATM1120).</summary>
public static class AtomNoticeDiagnostics
{
    public static readonly DiagnosticKind UnknownKey = new("CAP0821", Severity.Warning,
        "'{0}' is not a field of {1}. {2}", "Correct the spelling, or keep it: it stays in the file and has no effect.")
    { Aliases = ["ATM1101"] };

    public static readonly DiagnosticKind PublishedAtMissing = new("CAP0822", Severity.Warning,
        "The lifecycle is '{0}', but there is no 'published_at'.", "Add the time at which the atom was published; 'atoms publish' writes it.")
    { Aliases = ["ATM1102"] };

    public static readonly DiagnosticKind SupersededByMissing = new("CAP0823", Severity.Warning,
        "A retired atom should say what replaces it.", "Add 'superseded_by' with the full reference of its successor.")
    { Aliases = ["ATM1103"] };

    public static readonly DiagnosticKind OldLayout = new("CAP0824", Severity.Info,
        "The atom lies in '{0}', a layout of older catalogs.", "Move it to '{1}'.")
    { Aliases = ["ATM1104"] };

    public static readonly DiagnosticKind PayloadNotSpec = new("CAP0825", Severity.Info,
        "The payload stands in [{0}] instead of [spec].", "Rename the table to [spec] and add class = \"{1}\".")
    { Aliases = ["ATM1105"] };

    public static readonly DiagnosticKind ClassNote = new("CAP0826", Severity.Info,
        "In an atom of the class {0}, {1}.", "{2}")
    { Aliases = ["ATM1106"] };

    public static readonly DiagnosticKind NoAtoms = new("CAP0827", Severity.Warning,
        "There is no atom below '{0}'.", "Name a folder of the catalog that holds atoms.")
    { Aliases = ["ATM1107"] };

    public static readonly DiagnosticKind ForeignSignature = new("CAP0828", Severity.Warning,
        "'{0}' is a signature in the form of another generation of atoms; it never counts.", "Sign the atom with 'atoms sign', which writes [signature.KEY-ID].")
    { Aliases = ["ATM1108"] };

    public static readonly DiagnosticKind LegacyHash = new("CAP0829", Severity.Warning,
        "content_hash follows the single-asset reference rule: it is the SHA-256 of '{0}' alone.", "Write the hash of all files with 'atoms canonicalize --force', or set 'canonicalization: asset-raw' in ATOMS.yml.")
    { Aliases = ["ATM1109"] };

    public static readonly DiagnosticKind HashReplaced = new("CAP0830", Severity.Warning,
        "content_hash was {0} and is now {1}.{2}", "Sign the atom again where signatures are named here; a version that is published is meant to stay as it is.")
    { Aliases = ["ATM1110"] };

    public static readonly DiagnosticKind CatalogNote = new("CAP0831", Severity.Warning,
        "{0}", "{1}")
    { Aliases = ["ATM1111"] };
}
