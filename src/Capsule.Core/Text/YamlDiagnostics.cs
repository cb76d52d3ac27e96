using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>What can be wrong with YAML (CAP0910 to CAP0929).</summary>
internal static class YamlDiagnostics
{
    public static readonly DiagnosticKind Syntax = new("CAP0910", Severity.Error,
        "This is not valid YAML: {0}", "Correct the YAML here; look at the indentation and at quotes and brackets that are not closed.");

    public static readonly DiagnosticKind Empty = new("CAP0911", Severity.Error,
        "The document is empty.", "Write the content that this file should have.");

    public static readonly DiagnosticKind SecondDocument = new("CAP0912", Severity.Error,
        "A second document starts here; the file may hold one only.", "Remove the '---' and what follows it, or move that into its own file.");

    public static readonly DiagnosticKind DuplicateKey = new("CAP0913", Severity.Error,
        "The key '{0}' on line {1} stands already on line {2}.", "Keep one of the two.");

    public static readonly DiagnosticKind KeyIsNotString = new("CAP0914", Severity.Error,
        "A key must be a string, but this is {0}.", "Put the key in quotes, or write a plain name.");

    public static readonly DiagnosticKind Tag = new("CAP0915", Severity.Error,
        "The tag '{0}' is not allowed; only the core tags of YAML 1.2 are.", "Remove the tag.");

    public static readonly DiagnosticKind TagMismatch = new("CAP0916", Severity.Error,
        "The tag '{0}' does not fit {1}.", "Remove the tag, or correct the value.");

    public static readonly DiagnosticKind UnknownAlias = new("CAP0917", Severity.Error,
        "No anchor '&{0}' stands before this alias.", "Define the anchor above, or write the value out.");

    public static readonly DiagnosticKind AliasCycle = new("CAP0918", Severity.Error,
        "The alias '*{0}' stands inside the value that it names.", "Write the value out; a value cannot contain itself.");

    public static readonly DiagnosticKind MergeKey = new("CAP0919", Severity.Error,
        "The merge key '<<' is not part of YAML 1.2.", "Write the keys out, or quote the key if '<<' is really its name.");

    public static readonly DiagnosticKind TooDeep = new("CAP0920", Severity.Error,
        "Lists and maps are nested more than {0} levels deep here.", "Make the document flatter.");

    public static readonly DiagnosticKind TooManyValues = new("CAP0921", Severity.Error,
        "With all aliases written out, the document has more than {0} values.", "Make the document smaller, or use fewer aliases.");

    public static readonly DiagnosticKind TooMuchText = new("CAP0922", Severity.Error,
        "With all aliases written out, the document has more than {0} characters.", "Make the document smaller, or use fewer aliases.");

    public static readonly DiagnosticKind NumberTooLarge = new("CAP0923", Severity.Error,
        "The integer '{0}' does not fit in 64 bits.", "Use a smaller number, or put it in quotes if it is text.");

    public static readonly DiagnosticKind Unprintable = new("CAP0924", Severity.Error,
        "The character U+{0} may not stand in YAML.", "Remove it, or write it as \\u{0} in a double-quoted string.");

    public static readonly DiagnosticKind CannotEdit = new("CAP0925", Severity.Error,
        "'{0}' cannot be changed here without changing more than that: the way it is written (an anchor, an alias, a tag, a block of text) does not allow it.",
        "Edit the file by hand, or write this place in the plain form first.");
}
