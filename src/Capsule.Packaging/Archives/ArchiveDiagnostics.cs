using Capsule.Core.Diagnostics;

namespace Capsule.Packaging.Archives;

/// <summary>Why an archive is refused or cannot be read or written (design.md 5).</summary>
internal static class ArchiveDiagnostics
{
    private const string FreshCopy = "The file is damaged or was made to do harm; take a fresh copy from a source you trust.";

    public static readonly DiagnosticKind Truncated = Refusal("CAP2100", "The archive ends in the middle of {0}.", "The copy is incomplete; fetch the file again.");

    public static readonly DiagnosticKind BadHeader = Refusal("CAP2101", "The archive has a broken header at byte {0}: {1}.", FreshCopy);

    public static readonly DiagnosticKind MemberName = Refusal("CAP2102", "The archive's member at byte {0} has no valid name: {1}.", FreshCopy);

    public static readonly DiagnosticKind HardLink = Refusal("CAP2103", "'{0}' is a hard link, which packages cannot contain.", "Pack the file itself; with GNU tar use --hard-dereference.");

    public static readonly DiagnosticKind Device = Refusal("CAP2104", "'{0}' is a device or pipe, which packages cannot contain.", "Pack only files, folders and symbolic links.");

    public static readonly DiagnosticKind Sparse = Refusal("CAP2105", "'{0}' is a sparse file, which packages cannot contain.", "Pack it without the option for sparse files.");

    public static readonly DiagnosticKind MemberKind = Refusal("CAP2106", "'{0}' is of the kind '{1}', which packages cannot contain.", "Pack only files, folders and symbolic links.");

    public static readonly DiagnosticKind TooManyEntries = Refusal("CAP2107", "The archive has more than {0} members.", "Leave out dependency folders and generated files; larger data belongs outside the package.");

    public static readonly DiagnosticKind TooLarge = Refusal("CAP2108", "The archive unpacks to more than {0} bytes.", "Larger data belongs outside the package.");

    public static readonly DiagnosticKind Ratio = Refusal("CAP2109", "The archive of {0} bytes unpacks to more than {1} times its size, as archives do that are made to fill disks.",
        "If you made it, leave out large files of repeated bytes; otherwise do not use it.");

    public static readonly DiagnosticKind ExtendedHeader = Refusal("CAP2110", "The archive has a broken extended header at byte {0}: {1}.", FreshCopy);

    public static readonly DiagnosticKind TrailingData = Refusal("CAP2111", "Something follows the end of the archive at byte {0}.", FreshCopy);

    public static readonly DiagnosticKind Corrupt = Refusal("CAP2112", "The compressed data is broken: {0}.", "The copy is damaged; fetch the file again.");

    public static readonly DiagnosticKind UnknownFormat = Refusal("CAP2113", "'{0}' is no archive that can be read.", "Packages are tar, tar with zstd or gzip, or zip.");

    public static readonly DiagnosticKind CodecMissing = new("CAP2114", Severity.Error,
        "The zstd library cannot be loaded: {0}", "Install it: 'apt-get install libzstd1', 'dnf install libzstd' or 'brew install zstd'.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind CodecFailed = new("CAP2115", Severity.Error,
        "The zstd library refused to work: {0}", "Install a build of libzstd 1.5 with threads, as all distributions ship it.");

    public static readonly DiagnosticKind TargetExists = new("CAP2116", Severity.Error,
        "'{0}' already exists; a package is only unpacked into a new folder.", "Name another folder, or remove this one first.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind DiskFull = new("CAP2117", Severity.Error,
        "There is no space left to write '{0}'.", "Make room on that disk and try again; nothing was left behind.");

    public static readonly DiagnosticKind WriteFailed = new("CAP2118", Severity.Error,
        "'{0}' cannot be written: {1}", "Check that the folder exists and that you may write there; nothing was left behind.");

    public static readonly DiagnosticKind ReadFailed = new("CAP2119", Severity.Error,
        "'{0}' cannot be read: {1}", "Check that the file exists and that you may read it.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind ContentDiffers = Refusal("CAP2120", "'{0}' in the archive {1}.", FreshCopy);

    public static readonly DiagnosticKind NoManifest = Refusal("CAP2121", "The archive has no manifest at its root or in its only top folder.", "Pack the folder that holds the manifest.");

    public static readonly DiagnosticKind Encrypted = Refusal("CAP2122", "'{0}' in the archive is encrypted or packed in a way that cannot be read.", "Pack it again without a password, stored or deflated.");

    private static DiagnosticKind Refusal(string code, string message, string hint) => new(code, Severity.Error, message, hint) { Exit = ExitCode.Refused };
}
