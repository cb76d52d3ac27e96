using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Secrets;

/// <summary>What can go wrong with the secrets that a user keeps or gives (CAP5700 to CAP5719).</summary>
public static class SecretDiagnostics
{
    public static readonly DiagnosticKind OpenToOthers = new("CAP5700", Severity.Error,
        "'{0}' is not yours alone: {1}. Secrets are neither read from there nor written to it.",
        "Find out who made it so. Then make it yours alone (chmod -R go= '{0}', chown), and replace the secrets that others may have read.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind Damaged = new("CAP5701", Severity.Error,
        "{0} cannot be opened: {1}.", "Restore it from a copy together with 'store.key' beside it, or remove the secret and set it again.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NotKept = new("CAP5702", Severity.Error,
        "'{0}' cannot be read or written: {1}.", "Check that you may write there and that the disk has room. What was kept before is unchanged.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind Busy = new("CAP5703", Severity.Error,
        "Another program has been changing '{0}' for {1} seconds.", "Run the command again when it is done.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind NotSet = new("CAP5704", Severity.Error,
        "{1} has no secret '{0}'.", "See what is set with 'capsule kit secrets list'.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind AlreadySet = new("CAP5705", Severity.Error,
        "The secret '{0}' of {1} is set already.", "Leave it as it is, or make a new one in its place with --replace.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind BadName = new("CAP5706", Severity.Error,
        "That is no id of a secret.", "An id has lower-case letters, digits, '_' and '-', begins with a letter and ends with a letter or digit.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind BadValue = new("CAP5707", Severity.Error,
        "The value for the secret '{0}' cannot be taken: {1}.", "Give text in UTF-8 of at most 64 KiB; a password and a key for a Relay are one line without control characters.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NotMasked = new("CAP5708", Severity.Warning,
        "The value for the secret '{0}' is shorter than {1} characters: in logs it is not masked, for it would stand everywhere.",
        "Use a longer value, or see to it that the workload never prints it.");

    public static readonly DiagnosticKind Missing = new("CAP5711", Severity.Error,
        "The secret '{0}' is needed and not set: {1}.", "Set it with '{2}', or give it to this run alone with --secret {0}=env:NAME, --secret {0}=file:PATH or --secret {0}=-.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind NotUsed = new("CAP5712", Severity.Error,
        "Nothing of '{1}' is given the secret '{0}'. Its secrets: {2}.", "Name one of these with --secret, or leave it away.")
    { Exit = ExitCode.Usage };
}
