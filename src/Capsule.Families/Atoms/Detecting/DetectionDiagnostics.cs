using Capsule.Core.Diagnostics;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>What is worth knowing about a document that is imported, and what prevents naming its class (CAP0875 to CAP0878, CAP0870).</summary>
public static class DetectionDiagnostics
{
    public static readonly DiagnosticKind Contradiction = new("CAP0875", Severity.Info,
        "{0} says {1}, but {2} says {3}; {3} counts.", "When that is wrong, name the class with --class.")
    { Aliases = ["ATM1131"] };

    public static readonly DiagnosticKind OldSwagger = new("CAP0876", Severity.Warning,
        "The document is Swagger 2.0, and the class openapi-spec demands OpenAPI 3.", "Convert it to OpenAPI 3 before publishing, or keep it under another class with --class.")
    { Aliases = ["ATM1132"] };

    public static readonly DiagnosticKind IsoText = new("CAP0877", Severity.Warning,
        "The full text of ISO standards must not be stored.", "Keep an abstract or a reference as the asset instead of the text.")
    { Aliases = ["ATM1133"] };

    public static readonly DiagnosticKind NotExamined = new("CAP0878", Severity.Info,
        "The document's content could not be looked at: {0}", "When the class that was found is wrong, name it with --class.")
    { Aliases = ["ATM1134"] };

    public static readonly DiagnosticKind ClassUnknown = new("CAP0870", Severity.Error,
        "{0}", "{1}")
    { Aliases = ["ATM4004"] };
}
