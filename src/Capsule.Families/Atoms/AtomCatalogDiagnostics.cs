using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms;

/// <summary>What can be wrong with a catalog, its settings and a call (CAP0861 to CAP0867; ATM4001 to ATM4007).</summary>
public static class AtomCatalogDiagnostics
{
    public static readonly DiagnosticKind NoCatalog = new("CAP0861", Severity.Error,
        "There is no catalog of atoms: no ATOMS.yml {0}.", "Work inside a catalog, or name its folder with --catalog.")
    { Aliases = ["ATM4001"], Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind Invalid = new("CAP0862", Severity.Error,
        "ATOMS.yml: {0}", "{1}")
    { Aliases = ["ATM4002"] };

    public static readonly DiagnosticKind UnknownClass = new("CAP0864", Severity.Error,
        "The class '{0}' is not declared in ATOMS.yml, so no rule can be chosen for it.", "Add it to atom_types, or correct the id.")
    { Aliases = ["ATM4004"] };

    public static readonly DiagnosticKind NoKey = new("CAP0865", Severity.Error,
        "{0}", "{1}")
    { Aliases = ["ATM4005"], Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind QuorumRule = new("CAP0866", Severity.Error,
        "{0}", "{1}")
    { Aliases = ["ATM4006"] };

    public static readonly DiagnosticKind Usage = new("CAP0867", Severity.Error,
        "{0}", "Run 'atoms --help', or 'atoms COMMAND --help', to see what there is.")
    { Aliases = ["ATM4007"], Exit = ExitCode.Usage };

    internal static readonly FieldKinds Fields = new()
    {
        WrongType = Invalid with { Message = "ATOMS.yml: '{0}' must be {1}, but this is {2}.", Hint = "Write {1} here." },
        Missing = Invalid with { Message = "ATOMS.yml: '{0}' is missing.", Hint = "Add '{2}' to {1}." },
        Unknown = Invalid with { Severity = Severity.Warning, Message = "ATOMS.yml: '{0}' is not a field of {1}.", Hint = "{2}" },
        NotAllowed = Invalid with { Message = "ATOMS.yml: '{0}' cannot be '{1}'; allowed: {2}.", Hint = "{3}" },
        OutOfRange = Invalid with { Message = "ATOMS.yml: '{0}' is {1}, but must be between {2} and {3}.", Hint = "Choose a number between {2} and {3}." },
    };
}
