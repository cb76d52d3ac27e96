using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms;

/// <summary>
/// What can be wrong with an atom (CAP0801 to CAP0820, CAP0888; specs: atoms 12). Up to CAP0820 the last two digits are those of the reference's code ATM10nn.
/// </summary>
public static class AtomDiagnostics
{
    public static readonly DiagnosticKind NotToml = new("CAP0801", Severity.Error,
        "This is not valid TOML: {0}", "Correct this place; the rest of the atom is checked once the file can be read.")
    { Aliases = ["ATM1001"] };

    public static readonly DiagnosticKind Missing = new("CAP0802", Severity.Error,
        "'{0}' is missing or empty.", "Give '{2}' a value in {1}.")
    { Aliases = ["ATM1002"] };

    public static readonly DiagnosticKind Malformed = new("CAP0803", Severity.Error,
        "'{0}' must be {1}; this is {2}.", "Change '{0}' so that it is {1}.")
    { Aliases = ["ATM1003"] };

    public static readonly DiagnosticKind IdIsNotFolder = new("CAP0804", Severity.Error,
        "The id '{0}', version '{1}', does not belong into the folder '{2}'.", "Move the atom into '{3}', or correct its id and version.")
    { Aliases = ["ATM1004"] };

    public static readonly DiagnosticKind Version = new("CAP0805", Severity.Error,
        "'{0}' is not a version of Semantic Versioning 2.0.0.", "Write three numbers without leading zeros and, if you need one, a label: 1.0.0 or 1.0.0-draft.")
    { Aliases = ["ATM1005"] };

    public static readonly DiagnosticKind Lifecycle = new("CAP0806", Severity.Error,
        "'{0}' is not a lifecycle.", "{1}")
    { Aliases = ["ATM1006"] };

    public static readonly DiagnosticKind UndeclaredClass = new("CAP0807", Severity.Error,
        "The class '{0}' is not declared in ATOMS.yml.", "{1}")
    { Aliases = ["ATM1007"] };

    public static readonly DiagnosticKind Asset = new("CAP0808", Severity.Error,
        "'{0}' cannot be an asset: {1}.", "Name a file that lies beside atom.toml, by its bare name.")
    { Aliases = ["ATM1008"] };

    public static readonly DiagnosticKind UnresolvedConformsTo = new("CAP0809", Severity.Error,
        "No atom '{0}' is known.", "Add it to the catalog, or name one that is there, with its version.")
    { Aliases = ["ATM1009"] };

    public static readonly DiagnosticKind HashMismatch = new("CAP0810", Severity.Error,
        "content_hash is {0}, but the files give {1}.{2}", "When the change is meant, write the new hash with 'atoms canonicalize --force'; otherwise restore the files.")
    { Aliases = ["ATM1010"] };

    public static readonly DiagnosticKind Payload = new("CAP0811", Severity.Error,
        "{0}", "{1}")
    { Aliases = ["ATM1011"] };

    public static readonly DiagnosticKind ClassRule = new("CAP0812", Severity.Error,
        "In an atom of the class {0}, {1}.", "{2}")
    { Aliases = ["ATM1012"] };

    public static readonly DiagnosticKind Protocol = new("CAP0813", Severity.Error,
        "{0}", "{1}")
    { Aliases = ["ATM1013"] };

    public static readonly DiagnosticKind NotDraft = new("CAP0814", Severity.Error,
        "Only a draft can be published; the lifecycle of this atom is '{0}'.", "Make a new version of the atom with lifecycle = \"draft\", and publish that.")
    { Aliases = ["ATM1014"] };

    public static readonly DiagnosticKind NoAtom = new("CAP0815", Severity.Error,
        "There is no atom at '{0}'.", "Name the folder of an atom, or its atom.toml.")
    { Aliases = ["ATM1015"], Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind IllegalFile = new("CAP0816", Severity.Error,
        "'{0}' cannot lie in the folder of an atom: {1}.", "Remove, rename or replace it; names that start with a dot are left alone.")
    { Aliases = ["ATM1016"] };

    public static readonly DiagnosticKind NotPrepared = new("CAP0888", Severity.Error,
        "Only a published atom can be checked with --finish; the lifecycle of this atom is '{0}'.", "Run 'atoms publish --prepare' first, then collect the signatures.")
    { Aliases = ["ATM1026"] };

    public static readonly DiagnosticKind EmptyHash = new("CAP0820", Severity.Error,
        "{0}", "{1}")
    { Aliases = ["ATM1020"] };

    internal static readonly FieldKinds Fields = new()
    {
        WrongType = Malformed,
        Missing = Missing,
        Unknown = AtomNoticeDiagnostics.UnknownKey,
        NotAllowed = Malformed with { Message = "'{0}' must be one of {2}; this is '{1}'.", Hint = "{3}" },
        OutOfRange = Malformed with { Message = "'{0}' must lie between {2} and {3}; this is {1}.", Hint = "Choose a number between {2} and {3}." },
    };
}
