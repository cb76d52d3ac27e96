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
        "'{0}' is no folder, file, published name or address.", "Give a folder with a manifest, a manifest, a package file, publisher/slug, or the address of a repository: https://HOST/PATH.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind PassphraseNeeded = new("CAP9104", Severity.Error,
        "A key needs a passphrase, and none was named.", "Put it into an environment variable and give its name with --passphrase-variable, or give a file with --passphrase-file or a descriptor with --passphrase-fd. At a terminal, you are asked.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind NoSuchPlan = new("CAP9105", Severity.Error,
        "The {0} '{1}' has no {2} plan.", "Ask for another one with --kind; only packages that run have a launch plan, and only those with cases a test plan.");

    public static readonly DiagnosticKind StoreChanged = new("CAP9107", Severity.Error,
        "The installed package {0} was changed: its record says {1}, its files say {2}.", "Remove its folder below CAPSULE_HOME/store and install it again.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind TakesNoArguments = new("CAP9108", Severity.Error,
        "'{0}' is a service and takes no arguments.", "Leave away what stands behind --, or set variables with --env.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind BadVariable = new("CAP9109", Severity.Error,
        "'{0}' is no name of a variable.", "Write --env NAME=VALUE; a name has letters, digits and underscores and begins with no digit.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind VariableNotSet = new("CAP9110", Severity.Error,
        "The variable '{0}' that --env should pass on is not set.", "Set it, or write --env {0}=VALUE.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind NoRegistry = new("CAP9111", Severity.Warning,
        "npm names no registry, so toolchains cannot be fetched.", "Install npm, or set 'registry' in the user's .npmrc.");

    public static readonly DiagnosticKind NameIncomplete = new("CAP9112", Severity.Error,
        "'{0}' does not say its publisher or its version.", "Give them with --publisher and --version, or pack it with them.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind OtherFamily = new("CAP9113", Severity.Error,
        "'{0}' says it is a {1}, but its manifest is that of a {2}.", "Do not use it: take a fresh copy from its publisher.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind OneFeed = new("CAP9114", Severity.Error,
        "A package is published to one feed, and {0} are named.", "Name exactly one with --feed ADDRESS.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind NoSchema = new("CAP9120", Severity.Error,
        "There is no schema for '{0}'.", "Name one of: {1}.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind BadMount = new("CAP9121", Severity.Error,
        "'{0}' says no mount and its folder.", "Write --mount ID=PATH, for example --mount models=~/models.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind BadPair = new("CAP9140", Severity.Error,
        "'{0}' in {1} has no name and value.", "Write NAME=VALUE, and ';' between several.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind GivenToARun = new("CAP9122", Severity.Error,
        "'{0}' runs already with what it was given when it started (folders: {1}); {2} cannot change that.",
        "Leave {2} away, or stop the run and start it anew; for a project instead of a run write its folder with a slash, as in ./NAME.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind NoShim = new("CAP9124", Severity.Error,
        "'{0}' is there and is no link of this program; it is left alone.", "Move it away, or choose another folder with --folder.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind Unexpected = new("CAP9199", Severity.Error,
        "Something broke inside capsule: {0}", "This is a defect of ours; set CAPSULE_DEBUG=1, run it again and report what it prints.");
}
