using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Kits;

/// <summary>What goes wrong with the tools for a Kit's author: <c>kit info</c>, <c>workloads</c>, <c>clean</c>.</summary>
internal static class KitToolDiagnostics
{
    public static readonly DiagnosticKind NoKit = new("CAP5580", Severity.Error,
        "'{0}' is the manifest of a {1}, and this command is for Kits.", "Name the folder of a Kit, which has a capability.yml.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind InUse = new("CAP5581", Severity.Warning,
        "{0} is in use by a run, and is left alone.", "Stop the run first: 'capsule ps' lists it.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind FolderExists = new("CAP5582", Severity.Error,
        "There is a folder '{0}' already.", "Choose another id, or move the folder away.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind CannotAdd = new("CAP5583", Severity.Error,
        "The workload '{0}' cannot be added: {1}", "Choose another id, endpoint or public path; 'kit workloads list' and 'kit info' show which are taken.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind ManifestBusy = new("CAP5584", Severity.Error,
        "Somebody else is writing this manifest, or has written it meanwhile.", "Look at it, and call the command again.")
    { Exit = ExitCode.Conflict };
}
