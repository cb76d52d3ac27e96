using Capsule.Core.Diagnostics;

namespace Capsule.Packaging.Containers;

/// <summary>What can go wrong when a container is written or opened (design.md 5).</summary>
internal static class PackingDiagnostics
{
    public static readonly DiagnosticKind SourceIsLink = new("CAP2200", Severity.Error,
        "'{0}' is now a symbolic link or lies below one; the packer follows none.", "Put a real file there, or build again so that the selection sees the link.");

    public static readonly DiagnosticKind SourceMissing = new("CAP2201", Severity.Error,
        "'{0}' was selected for the package but is gone.", "Build again; if a step of the build makes the file, run it before.");

    public static readonly DiagnosticKind SourceChanged = new("CAP2202", Severity.Error,
        "'{0}' changed while the package was written.", "Stop what writes to it and pack again; nothing was left behind.");

    public static readonly DiagnosticKind ManifestNotPacked = new("CAP2203", Severity.Error,
        "The manifest '{0}' is not among the files of the package.", "Do not exclude the manifest.");

    public static readonly DiagnosticKind AttachmentName = new("CAP2204", Severity.Error,
        "'{0}' cannot be the name of a metadata member.", "Use a plain file name other than tree, package.json and manifest.");

    public static readonly DiagnosticKind SourceDate = new("CAP2205", Severity.Error,
        "SOURCE_DATE_EPOCH is '{0}', which is no count of seconds since 1970 between 0 and 8589934591.", "Set it to a plain number, for example the time of the last commit: git log -1 --format=%ct.");

    public static readonly DiagnosticKind NotAContainer = new("CAP2210", Severity.Error,
        "This is not a well-formed package: {0}.", "Take a fresh copy of the package.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind PackageInfo = new("CAP2211", Severity.Error,
        "The package's capsule/package.json is not valid: {0}.", "Take a fresh copy of the package, or update Capsule if the package is newer.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind ManifestDiffers = new("CAP2212", Severity.Error,
        "The package's copy of its manifest '{0}' is not the one its tree document names.", "Take a fresh copy of the package.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind NotAPackage = new("CAP2213", Severity.Error,
        "'{0}' is a folder without a tree document.", "Name a package file, or an unpacked package with .capsule/tree in it.")
    { Exit = ExitCode.NotFound };
}
