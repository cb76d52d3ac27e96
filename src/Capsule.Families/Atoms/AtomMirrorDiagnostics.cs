using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms;

/// <summary>What can be wrong with a <c>mirror.toml</c> and with a mirror (CAP0869, CAP0849, CAP0852).</summary>
public static class AtomMirrorDiagnostics
{
    public static readonly DiagnosticKind Invalid = new("CAP0869", Severity.Error,
        "mirror.toml: {0}", "{1}")
    { Aliases = ["ATM4009"] };

    public static readonly DiagnosticKind Skipped = new("CAP0849", Severity.Warning,
        "The mirror {0} was skipped: {1}", "Tell its operator, or take it out of mirror.toml.")
    { Aliases = ["ATM1139"] };

    public static readonly DiagnosticKind SiteFile = new("CAP0852", Severity.Info,
        "This mirror.toml describes a site, not the mirrors of a catalog, and is ignored.", "List mirrors as [[mirror]] with 'catalog', 'url' and 'priority'.")
    { Aliases = ["ATM1142"] };

    public static readonly FieldKinds Fields = new()
    {
        WrongType = Invalid with { Message = "mirror.toml: '{0}' must be {1}; this is {2}.", Hint = "Write {1} here." },
        Missing = Invalid with { Message = "mirror.toml: '{0}' is missing.", Hint = "Add '{2}' to {1}." },
        Unknown = Invalid with { Severity = Severity.Warning, Message = "mirror.toml: '{0}' is not a field of {1}.", Hint = "{2}" },
        NotAllowed = Invalid with { Message = "mirror.toml: '{0}' cannot be '{1}'; allowed: {2}.", Hint = "{3}" },
        OutOfRange = Invalid with { Message = "mirror.toml: '{0}' is {1}, but must be between {2} and {3}.", Hint = "Choose a number between {2} and {3}." },
    };
}
