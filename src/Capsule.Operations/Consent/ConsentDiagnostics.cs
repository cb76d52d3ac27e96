using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Operations.Consent;

/// <summary>Why a package does not run though it is trusted: nobody agreed to what it may do.</summary>
internal static class ConsentDiagnostics
{
    public static readonly DiagnosticKind Missing = new("CAP5430", Severity.Error,
        "Nobody has agreed yet to what '{0}' asks for:{1}",
        "Read it. If you agree, add --consent {2}, or run it once on a terminal and answer the question. 'capsule plan {0}' shows where it asks.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind OtherPermissions = new("CAP5431", Severity.Error,
        "--consent names other permissions or folders than '{0}' asks for and is given now:{1}",
        "Read them. If you agree, write --consent {2}.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind Declined = new("CAP5432", Severity.Error,
        "You did not agree to what '{0}' asks for, so it was not started.", "Run it again to be asked again.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind GpuAtFirstUse = new("CAP5443", Severity.Error,
        "No rule of yours covers '{0}', and such a package is never given a GPU.",
        "Write a rule for its publisher with 'capsule trust add' and install it again, or run it without --gpu.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind WrongType = new("CAP5440", Severity.Error,
        "{0} must be {1}, but it is {2}.", "Correct it, or delete this consent file to be asked again.");

    public static readonly DiagnosticKind Unknown = new("CAP5441", Severity.Error,
        "A consent file has no '{0}' in {1}. {2}", "Correct the name or remove the line, or delete this consent file to be asked again.");

    public static readonly DiagnosticKind FieldMissing = new("CAP5442", Severity.Error,
        "{0} is missing.", "Add '{2}' to {1}, or delete this consent file to be asked again.");
}
