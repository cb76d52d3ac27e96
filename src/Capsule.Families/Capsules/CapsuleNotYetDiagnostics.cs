using Capsule.Core.Diagnostics;

namespace Capsule.Families.Capsules;

/// <summary>What a valid capsule may ask for and this version does not do (CAP0060 to CAP0069, CAP5971 to CAP5979).</summary>
internal static class CapsuleNotYetDiagnostics
{
    public static readonly DiagnosticKind Target = new("CAP0060", Severity.Error,
        "The target '{0}' uses {1}, which this version does not support yet.", "Supported now: web and source, with each of their drivers.");

    public static readonly DiagnosticKind OtherTarget = new("CAP0061", Severity.Warning,
        "The target '{0}' uses {1}, which this version does not support yet; the other targets are not affected.",
        "Nothing to do unless you want to run that target.");

    public static readonly DiagnosticKind Table = new("CAP0062", Severity.Error,
        "'{0}' is not supported yet.", "Remove it if the capsule works without it; otherwise a later version is needed.");

    public static readonly DiagnosticKind Dependencies = new("CAP5971", Severity.Error,
        "The npm packages of {0} cannot be installed yet.",
        "Bundle the program into one file without dependencies, or ship node_modules with pack.include.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind ForeignProgram = new("CAP5973", Severity.Error,
        "'{0}' is a program of another operating system.", "It can be packed, not run here. Build it for Linux to run it.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind Tools = new("CAP5972", Severity.Error,
        "The tool '{0}' of runtime_tools cannot be provided yet.", "Remove it if the program works without it.")
    { Exit = ExitCode.Invalid };
}
