using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Commands.Secrets;

internal static class SecretVerbDiagnostics
{
    public static readonly DiagnosticKind Undeclared = new("CAP5730", Severity.Error,
        "'{0}' declares no such secret{1}. It declares: {2}.", "Name one of these, or declare it under kit_secrets or vault_secrets.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind OtherStore = new("CAP5731", Severity.Error,
        "'{0}' of '{1}' is {2}.", "'capsule kit secrets list' shows which secret is kept where.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind NotGenerated = new("CAP5732", Severity.Error,
        "The secret '{0}' is not one that is generated: its value comes from somebody else.", "Set it with 'capsule kit secrets set {0}', or declare 'source: generate' and 'format: password'.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NoValue = new("CAP5733", Severity.Error,
        "No value is given for the secret '{0}', and nobody can be asked.", "Write - and pipe it in, env:NAME for a variable, or file:PATH for a file that only you can read.")
    { Exit = ExitCode.MissingInput };
}
