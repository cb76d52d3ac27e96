using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Shell;

/// <summary>What can be wrong with the way a command line gives a secret. None of these repeats what was written: it may be the value.</summary>
internal static class SecretInputDiagnostics
{
    public static readonly DiagnosticKind BadSource = new("CAP5713", Severity.Error,
        "The value of the secret '{0}' is never an argument: every program of this machine could read it there.",
        "Write - for the standard input, env:NAME for a variable, or file:PATH for a file that only you can read. If you wrote the value itself, replace it: it may be in your shell's history.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind BadOption = new("CAP5714", Severity.Error,
        "--secret needs the id of a secret and where its value is.", "Write --secret ID=-, --secret ID=env:NAME or --secret ID=file:PATH.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind Twice = new("CAP5715", Severity.Error,
        "{0} twice.", "Give each secret once, and at most one over the standard input.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind Nothing = new("CAP5716", Severity.Error,
        "Nothing was given for the secret '{0}'.", "Type it, pipe it in, or name where it is with env:NAME or file:PATH.")
    { Exit = ExitCode.MissingInput };
}
