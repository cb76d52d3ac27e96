using Capsule.Core.Diagnostics;

namespace Capsule.Cli;

internal static class CommandDiagnostics
{
    public static readonly DiagnosticKind Usage = new("CAP9100", Severity.Error,
        "{0}", "Run '{1} --help' to see what it takes.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind SystemRefused = new("CAP9101", Severity.Error,
        "The system refused: {0}", "Check that the path exists, that you may write there, and that the disk has room.");

    public static readonly DiagnosticKind UnknownCode = new("CAP9102", Severity.Error,
        "No diagnostic has the code '{0}'.", "Codes look like CAP0231; 'capsule explain' without a code lists them all.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind NothingToRun = new("CAP9103", Severity.Error,
        "'{0}' is no folder, file or published name.", "Give a folder with a manifest, a manifest, a package file, or publisher/slug.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind PassphraseNeeded = new("CAP9104", Severity.Error,
        "A key needs a passphrase, and none was named.", "Put it into an environment variable and give its name with --passphrase-variable, or give a file with --passphrase-file.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind NoSuchPlan = new("CAP9105", Severity.Error,
        "The {0} '{1}' has no {2} plan.", "Ask for another one with --kind; only packages that run have a launch plan, and only those with cases a test plan.");

    public static readonly DiagnosticKind Unexpected = new("CAP9199", Severity.Error,
        "Something broke inside capsule: {0}", "This is a defect of ours; set CAPSULE_DEBUG=1, run it again and report what it prints.");
}
