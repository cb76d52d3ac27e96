using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms;

/// <summary>What can be wrong with a settings file of the atoms program (CAP0863, CAP0832).</summary>
public static class AtomSettingsDiagnostics
{
    public static readonly DiagnosticKind Invalid = new("CAP0863", Severity.Error,
        "{0}", "{1}")
    { Aliases = ["ATM4003"] };

    public static readonly DiagnosticKind Ignored = new("CAP0832", Severity.Warning,
        "{0}", "{1}")
    { Aliases = ["ATM1112"] };

    public static readonly FieldKinds Fields = new()
    {
        WrongType = Invalid with { Message = "The setting '{0}' must be {1}; this is {2}.", Hint = "Write {1} here." },
        Missing = Invalid with { Message = "The setting '{0}' is missing.", Hint = "Add '{2}' to {1}." },
        Unknown = Ignored with { Message = "There is no setting '{0}' in {1}.", Hint = "{2}" },
        NotAllowed = Invalid with { Message = "The setting '{0}' cannot be '{1}'; allowed: {2}.", Hint = "{3}" },
        OutOfRange = Invalid with { Message = "The setting '{0}' is {1}, but must be between {2} and {3}.", Hint = "Choose a number between {2} and {3}." },
    };
}
