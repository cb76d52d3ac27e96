using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>What can be wrong with a file before its language matters (CAP0900 to CAP0909).</summary>
internal static class TextDiagnostics
{
    public static readonly DiagnosticKind Missing = new("CAP0900", Severity.Error,
        "There is no file '{0}'.", "Check the spelling of the path, and whether the file was moved.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind IsFolder = new("CAP0901", Severity.Error,
        "'{0}' is a folder; a file is needed.", "Name the file inside the folder.");

    public static readonly DiagnosticKind Unreadable = new("CAP0902", Severity.Error,
        "The file '{0}' cannot be read: {1}", "Make sure that you may read the file and that no other program holds it.");

    public static readonly DiagnosticKind TooLarge = new("CAP0903", Severity.Error,
        "The file '{0}' is larger than {1} bytes, the most that is read.", "Move data out of the file, or split it.");

    public static readonly DiagnosticKind NotUtf8 = new("CAP0904", Severity.Error,
        "The text is not valid UTF-8: the byte 0x{0} cannot stand here.", "Save the file as UTF-8.");

    public static readonly DiagnosticKind IsSpecial = new("CAP0905", Severity.Error,
        "'{0}' is a pipe, a socket or a device; a file is needed.", "Name a file that lies on the disk.");
}
