using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>What can be wrong with JSON (CAP0950 to CAP0959).</summary>
internal static class JsonDiagnostics
{
    public static readonly DiagnosticKind Syntax = new("CAP0950", Severity.Error,
        "This is not valid JSON: {0}", "Correct the JSON here; comments, trailing commas and single quotes are not allowed.");

    public static readonly DiagnosticKind DuplicateName = new("CAP0951", Severity.Error,
        "The name '{0}' on line {1} stands already on line {2}.", "Keep one of the two.");

    public static readonly DiagnosticKind TooDeep = new("CAP0952", Severity.Error,
        "Objects and arrays are nested more than {0} levels deep here.", "Make the document flatter.");

    public static readonly DiagnosticKind LoneSurrogate = new("CAP0953", Severity.Error,
        "The string has half of a surrogate pair, which is no character.", "Write both \\u escapes of the pair, or the character itself.");

    public static readonly DiagnosticKind NumberTooLarge = new("CAP0954", Severity.Error,
        "The number '{0}' is too large.", "Use a smaller number, or put it in quotes if it is text.");

    public static readonly DiagnosticKind TooManyValues = new("CAP0955", Severity.Error,
        "The document has more than {0} values.", "Make the document smaller, or split it.");
}
