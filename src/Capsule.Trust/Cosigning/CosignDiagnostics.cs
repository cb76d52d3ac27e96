using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Cosigning;

/// <summary>What can go wrong when signatures are made on several machines.</summary>
internal static class CosignDiagnostics
{
    public static readonly DiagnosticKind RequestMalformed = new("CAP3015", Severity.Error,
        "'{0}' is not a request to sign: {1}.", "Ask for a new one: 'capsule sign PACKAGE --request FILE' writes it.");

    public static readonly DiagnosticKind RoleNotRequested = new("CAP3016", Severity.Error,
        "The request does not ask for the role '{0}'; it asks for: {1}.", "Name one of these before the key: --key ROLE=KEY.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NotAttached = new("CAP3017", Severity.Error,
        "Nothing was attached, because a line of '{0}' does not belong to these contents or cannot be checked. {1}",
        "Bring lines that were made for this package; the public key of an ECDSA signer is found in its line, others need the line with their key beside theirs.");

    public static readonly DiagnosticKind PolicyRequestMalformed = new("CAP3018", Severity.Error,
        "'{0}' is not a request to sign a trust file: {1}.", "Ask for a new one: 'capsule trust sign --request FILE' writes it.");

    public static readonly DiagnosticKind PolicyNotAttached = new("CAP3019", Severity.Error,
        "Nothing was attached, because a line of '{0}' is not by a root signer over this trust file. {1}",
        "Bring lines that were made for exactly these contents: after an edit, the signers need a new request.")
    { Exit = ExitCode.Refused };
}
