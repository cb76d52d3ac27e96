using Capsule.Core.Diagnostics;

namespace Capsule.Distribution.Sources;

/// <summary>What can be wrong with a repository that packages are taken from (CAP4300 to CAP4319).</summary>
internal static class SourceDiagnostics
{
    public static readonly DiagnosticKind AddressRefused = new("CAP4300", Severity.Error,
        "'{0}' cannot be taken as a repository: {1}.", "Write https://HOST/PATH or git@HOST:PATH; a folder of this machine is a dependency by 'path'.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind RefRefused = new("CAP4301", Severity.Error,
        "'{0}' cannot be a branch, tag or commit.", "Write the name of a branch or a tag, or the whole commit in hex.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind GitMissing = new("CAP4302", Severity.Error,
        "The program 'git' is not on this machine, and '{0}' is a repository.", "Install git.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NotFetched = new("CAP4303", Severity.Error,
        "{0} could not be fetched from '{1}': {2}", "Check the address, the network, and that you may read the repository; nothing was changed.");

    public static readonly DiagnosticKind TooSlow = new("CAP4304", Severity.Error,
        "{0} was not fetched from '{1}' within {2} seconds.", "Try again, or get the repository in another way and depend on it by 'path'.");

    public static readonly DiagnosticKind AsBefore = new("CAP4305", Severity.Warning,
        "'{1}' does not answer, so {0} is what it was when it was last fetched: commit {2}.", "For the same commit everywhere, write a lock with 'capsule lock'.");

    public static readonly DiagnosticKind OtherContent = new("CAP4306", Severity.Error,
        "Commit {0} of '{1}' does not have the content that capproj.lock pins.", "Somebody changed the lock or the fetched files. Remove the folder {2}, and write the lock again if the change is yours.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind NotKept = new("CAP4307", Severity.Error,
        "The repository '{0}' could not be kept: {1}", "Make room or give write access, then try again.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind FolderRefused = new("CAP4310", Severity.Error,
        "'{0}' cannot be a folder of a repository.", "Write ADDRESS#REF:FOLDER with a path below the top of the repository, as in https://HOST/PATH#main:kits/hello.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind SaidTwice = new("CAP4311", Severity.Error,
        "'{0}' is the address of a page that names a branch, and names one again behind '#'.", "Write the address of the repository, then #REF:FOLDER.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind NoSuchFolder = new("CAP4312", Severity.Error,
        "Commit {0} of '{1}' has no folder '{2}'.", "Look at the repository for the folder's name; a branch whose name has a slash is written ADDRESS#BRANCH:FOLDER.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind ArchiveChanged = new("CAP4313", Severity.Error,
        "The files that were unpacked from '{0}' are not what it holds.", "Somebody changed them. Remove the folder {1} and run it again.")
    { Exit = ExitCode.Refused };
}
