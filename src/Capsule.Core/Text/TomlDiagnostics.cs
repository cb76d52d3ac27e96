using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>What can be wrong with TOML (CAP0930 to CAP0949; the reference's E001).</summary>
internal static class TomlDiagnostics
{
    private static readonly string[] Reference = ["E001"];

    public static readonly DiagnosticKind Unexpected = new("CAP0930", Severity.Error,
        "Expected {0}, but found {1}.", "Correct the TOML here: write {0}.")
    { Aliases = Reference };

    public static readonly DiagnosticKind OpenString = new("CAP0931", Severity.Error,
        "The string that starts here is not closed before {0}.", "Close it with {1}.")
    { Aliases = Reference };

    public static readonly DiagnosticKind ControlCharacter = new("CAP0932", Severity.Error,
        "The control character U+{0} may not stand in {1}.", "Remove it, or write it as \\u{0} in a double-quoted string.")
    { Aliases = Reference };

    public static readonly DiagnosticKind Escape = new("CAP0933", Severity.Error,
        "'{0}' is not an escape of TOML 1.0.",
        "Use one of \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX, or single quotes, where a backslash is a plain character.")
    { Aliases = Reference };

    public static readonly DiagnosticKind NotACharacter = new("CAP0934", Severity.Error,
        "The escape '{0}' does not name a Unicode character.", "Use a number up to 10FFFF that is not between D800 and DFFF.")
    { Aliases = Reference };

    public static readonly DiagnosticKind Number = new("CAP0935", Severity.Error,
        "'{0}' is not a number: {1}.", "Correct the number, or put it in quotes if it is text.")
    { Aliases = Reference };

    public static readonly DiagnosticKind NumberTooLarge = new("CAP0936", Severity.Error,
        "The integer '{0}' does not fit in 64 bits.", "Use a smaller number, or put it in quotes if it is text.")
    { Aliases = Reference };

    public static readonly DiagnosticKind Date = new("CAP0937", Severity.Error,
        "'{0}' is not a date or time: {1}.", "Write it like 2026-11-21, 07:32:00 or 2026-11-21T07:32:00Z, or put it in quotes if it is text.")
    { Aliases = Reference };

    public static readonly DiagnosticKind BareText = new("CAP0938", Severity.Error,
        "'{0}' is not a value.", "Put text in quotes; booleans are written true and false.")
    { Aliases = Reference };

    public static readonly DiagnosticKind DuplicateKey = new("CAP0939", Severity.Error,
        "The key '{0}' on line {1} stands already on line {2}.", "Keep one of the two.")
    { Aliases = Reference };

    public static readonly DiagnosticKind DuplicateTable = new("CAP0940", Severity.Error,
        "The table '{0}' on line {1} is defined already on line {2}.", "Move the fields under one header; for a list of tables write [[{0}]] each time.")
    { Aliases = Reference };

    public static readonly DiagnosticKind NotATable = new("CAP0941", Severity.Error,
        "Nothing can be added to '{0}' here: on line {1} it is {2}.", "Rename one of the two, or write the fields where '{0}' is defined.")
    { Aliases = Reference };

    public static readonly DiagnosticKind TooDeep = new("CAP0942", Severity.Error,
        "Tables and lists are nested more than {0} levels deep here.", "Make the document flatter.")
    { Aliases = Reference };

    public static readonly DiagnosticKind TooManyValues = new("CAP0943", Severity.Error,
        "The document has more than {0} values.", "Make the document smaller, or split it.")
    { Aliases = Reference };

    public static readonly DiagnosticKind CannotSet = new("CAP0944", Severity.Error,
        "'{0}' cannot be set: what stands on the way to it is not a table, or is complete as it stands.",
        "Edit the file by hand, or remove what is in the way.");
}
