using Capsule.Core.Diagnostics;

namespace Capsule.Core.Identity;

/// <summary>What can be wrong with paths, tree documents and folders (specs: trust 1).</summary>
internal static class TreeDiagnostics
{
    public static readonly DiagnosticKind PathLength = new("CAP2000", Severity.Error,
        "The path '{0}' has {1} bytes; a path has 1 to 1,024.", "Use shorter folder or file names.");

    public static readonly DiagnosticKind ComponentLength = new("CAP2001", Severity.Error,
        "'{1}' in the path '{0}' has {2} bytes; one name has at most 255.", "Use a shorter name.");

    public static readonly DiagnosticKind NotRelative = new("CAP2002", Severity.Error,
        "The path '{0}' is not a relative path with single slashes between its names.",
        "Write it without a slash at the start or end and without double slashes.");

    public static readonly DiagnosticKind DotComponent = new("CAP2003", Severity.Error,
        "The path '{0}' contains the name '{1}'.", "Write the path without '.' and '..'.");

    public static readonly DiagnosticKind ForbiddenCharacter = new("CAP2004", Severity.Error,
        "The path '{0}' contains U+{1:X4}, which some systems cannot store in a file name.",
        "Rename it without control characters and without \\ : * ? \" < > |");

    public static readonly DiagnosticKind TrailingDotOrSpace = new("CAP2005", Severity.Error,
        "'{1}' in the path '{0}' ends with a dot or a space, which Windows drops.", "Rename it.");

    public static readonly DiagnosticKind DeviceName = new("CAP2006", Severity.Error,
        "'{1}' in the path '{0}' names a device on Windows.", "Rename it; CON, PRN, AUX, NUL, COM1 to COM9 and LPT1 to LPT9 are taken, with any extension.");

    public static readonly DiagnosticKind InvisibleCharacter = new("CAP2007", Severity.Error,
        "The path '{0}' contains the invisible character U+{1:X4}, which can make it look like another.", "Rename it without that character.");

    public static readonly DiagnosticKind NotUnicode = new("CAP2008", Severity.Error,
        "The path '{0}' is not valid Unicode text.", "Rename the file so that its name is valid UTF-8.");

    public static readonly DiagnosticKind NotNormalized = new("CAP2009", Severity.Error,
        "The path '{0}' is not in Unicode normalization form C.", "Rename it to '{1}' in composed form, for example by typing the name anew.");

    public static readonly DiagnosticKind Collision = new("CAP2010", Severity.Error,
        "The paths '{0}' and '{1}' are the same on systems that ignore case.", "Rename one of them.");

    public static readonly DiagnosticKind Duplicate = new("CAP2011", Severity.Error,
        "The path '{0}' occurs twice.", "Keep one of the two entries.");

    public static readonly DiagnosticKind FileIsFolder = new("CAP2012", Severity.Error,
        "'{0}' is a file, and '{1}' lies below it.", "Rename one of them.");

    public static readonly DiagnosticKind BelowLink = new("CAP2013", Severity.Error,
        "'{0}' is a symbolic link, and '{1}' lies below it.", "Put the file where the link points to.");

    public static readonly DiagnosticKind LinkForm = new("CAP2014", Severity.Error,
        "The symbolic link '{0}' has the target '{1}', which is not a plain relative path.",
        "Make the link relative, with / between names and no slash at the start or end.");

    public static readonly DiagnosticKind LinkLeaves = new("CAP2015", Severity.Error,
        "The symbolic link '{0}' points to '{1}', outside the package.", "Copy the target into the package, or leave the link out.");

    public static readonly DiagnosticKind LinkDangles = new("CAP2016", Severity.Error,
        "The symbolic link '{0}' points to '{1}', which is not in the package.", "Add the target to the package, or leave the link out.");

    public static readonly DiagnosticKind LinkHops = new("CAP2017", Severity.Error,
        "The symbolic link '{0}' leads over more than 8 links.", "Point it directly to its final target.");

    public static readonly DiagnosticKind Reserved = new("CAP2018", Severity.Error,
        "The path '{0}' lies in '.capsule', which is reserved.", "Move the file elsewhere; '.capsule' is where unpacked packages keep their tree document.");

    public static readonly DiagnosticKind Size = new("CAP2019", Severity.Error,
        "'{0}' states a size that is not between 0 and 2^53-1 bytes.", "Split the file.");

    public static readonly DiagnosticKind Digest = new("CAP2020", Severity.Error,
        "'{0}' has no SHA-256 digest in 64 lower-case hex digits.", "Read the tree again from its files.");

    public static readonly DiagnosticKind Malformed = new("CAP2021", Severity.Error,
        "This is not a tree document: {0}.", "A tree document is written by 'capsule tree'; take a fresh copy of the package.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind NotCanonical = new("CAP2022", Severity.Error,
        "The tree document is not in its only valid form: {0}.", "It was changed after it was written; take a fresh copy of the package.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind Differs = new("CAP2023", Severity.Error,
        "'{0}' {1}.", "The files were changed after the package was made; take a fresh copy of it.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind IdentityText = new("CAP2024", Severity.Error,
        "'{0}' is not an identity.", "An identity is 'capsule-tree/1:' and 64 lower-case hex digits, as 'capsule tree' prints it.");

    public static readonly DiagnosticKind SpecialFile = new("CAP2025", Severity.Error,
        "'{0}' is neither a file, a folder nor a symbolic link.", "Remove the socket, pipe or device, or exclude it.");

    public static readonly DiagnosticKind Unreadable = new("CAP2026", Severity.Error,
        "'{0}' cannot be read: {1}", "Check that the file exists and that you may read it.");

    public static readonly DiagnosticKind Changed = new("CAP2027", Severity.Error,
        "'{0}' changed while it was read.", "Stop what writes to it and try again.");

    public static readonly DiagnosticKind Empty = new("CAP2028", Severity.Error,
        "There is no file in the tree.", "Check that you named the right folder; a package has at least its manifest.");
}
