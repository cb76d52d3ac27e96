using Capsule.Core.Diagnostics;

namespace Capsule.Distribution;

internal static class FeedDiagnostics
{
    public static readonly DiagnosticKind NotAPackageName = new("CAP4000", Severity.Error,
        "'{0}' is not a package name.", "Write publisher/slug or publisher/slug@version, in lower case.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind FolderMissing = new("CAP4001", Severity.Error,
        "The feed folder '{0}' does not exist.", "Create the folder, or correct the feed's address.");

    public static readonly DiagnosticKind FeedUnreachable = new("CAP4002", Severity.Error,
        "The feed '{0}' does not answer: {1}", "Check the address and the network, then try again; nothing was changed.");

    public static readonly DiagnosticKind PackageNotFound = new("CAP4003", Severity.Error,
        "No feed has the package '{0}'. Asked: {1}.", "Check the name, and name the feed that has it with --feed.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind VersionNotFound = new("CAP4004", Severity.Error,
        "'{0}' has no version '{1}'. It has: {2}.", "Ask for one of these versions, or leave the version away for the newest.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind AlreadyPublished = new("CAP4005", Severity.Error,
        "The feed already has {0} {1} with other content.", "A published version never changes: raise the version and publish again.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind SeveralFeeds = new("CAP4006", Severity.Error,
        "'{0}' is on more than one feed: {1}.", "Name the feed that you mean with --feed, or bind the scope to it in trust.toml.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind NoFeed = new("CAP4007", Severity.Error,
        "No feed is known to look for '{0}'.", "Name one with --feed ADDRESS, or add [[feed]] with an address to config.toml.");

    public static readonly DiagnosticKind PushRefused = new("CAP4009", Severity.Error,
        "The feed '{0}' refused the package: {1}", "Correct what the feed names, then publish again; the feed was not changed.");

    public static readonly DiagnosticKind FeedWriteFailed = new("CAP4010", Severity.Error,
        "'{0}' could not be written to the feed: {1}", "Make room or give write access, then publish again; nothing was left behind.");

    public static readonly DiagnosticKind FeedInvalid = new("CAP4011", Severity.Error,
        "'{0}' is not a feed's address.", "Give an existing folder or the https address of a NuGet v3 index.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind EntryMisnamed = new("CAP4012", Severity.Error,
        "The feed's file '{0}' is not the package that its name says: inside it is {1}.",
        "Do not use it: it was renamed or replaced. Tell whoever keeps the feed; another version can be asked for by its number.")
    { Exit = ExitCode.Refused };
}
