using Capsule.Core.Diagnostics;

namespace Capsule.Families.Packing;

/// <summary>What can be wrong with the files of a package.</summary>
internal static class SelectionDiagnostics
{
    public static readonly DiagnosticKind NoFolder = new("CAP2280", Severity.Error,
        "The project folder '{0}' does not exist.", "Name the folder that holds the manifest.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind Unreadable = new("CAP2281", Severity.Error,
        "'{0}' cannot be read: {1}", "Correct its permissions, or leave it out of the package.");

    public static readonly DiagnosticKind TooManyFiles = new("CAP2282", Severity.Error,
        "The package would hold more than {0} files; the last one counted is '{1}'.",
        "Leave out generated or downloaded files, or pack them as one archive.");

    public static readonly DiagnosticKind AbsoluteLink = new("CAP2283", Severity.Error,
        "The link '{0}' points to '{1}', which is outside the project folder or absolute.",
        "Let it point to a file of the package by a relative path, or replace it by a copy.");

    public static readonly DiagnosticKind DanglingLink = new("CAP2284", Severity.Error,
        "The link '{0}' points to '{1}', which is not part of the package.",
        "Include its target in the package, or remove the link.");

    public static readonly DiagnosticKind LinkChain = new("CAP2285", Severity.Error,
        "The link '{0}' goes through more than {1} other links.", "Let it point to the file itself.");

    public static readonly DiagnosticKind SecretLeftOut = new("CAP2286", Severity.Info,
        "'{0}' may hold a secret and stays out of the package.",
        "To ship it on purpose, include it by its own name.");

    public static readonly DiagnosticKind SpecialFile = new("CAP2287", Severity.Error,
        "'{0}' is neither a file, a folder nor a link.", "Remove the pipe, socket or device from the project folder.");

    public static readonly DiagnosticKind ExtraPath = new("CAP2288", Severity.Error,
        "'{0}' cannot be a path inside a package.", "Use a relative path with '/', without '..', and not below '.capsule/'.");

    public static readonly DiagnosticKind ExtraFile = new("CAP2289", Severity.Error,
        "'{0}', which is to become '{1}', is not a file.", "Name an existing file; links and folders are not followed.");
}
