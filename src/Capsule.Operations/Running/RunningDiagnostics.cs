using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Running;

/// <summary>Why a package that is sound does not run.</summary>
internal static class RunningDiagnostics
{
    public static readonly DiagnosticKind NoLaunch = new("CAP5422", Severity.Error,
        "'{0}' is a package of the family '{1}' that cannot be run.", "Build, publish or install it; only packages with something to start run.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind UnknownMount = new("CAP5460", Severity.Error,
        "'{0}' has no mount '{1}'. Its mounts:{2}", "Name one of these: --mount ID=PATH.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind NoMounts = new("CAP5461", Severity.Error,
        "'{0}' asks for no folder, so there is no mount '{1}'.", "Leave --mount away, or declare the mount under host_mounts of a Kit and list it in a workload's mounts.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind MountTwice = new("CAP5462", Severity.Error,
        "The mount '{0}' is given twice: '{1}'.", "Give each mount one folder.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind NothingToWriteBackTo = new("CAP5490", Severity.Error,
        "'{0}' is a package of others: there is no project to write back to.", "Run the command with --no-write-back, or in the folder of a project.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NoCell = new("CAP5491", Severity.Error,
        "'{0}' starts no process, so it has no sandbox for a command.", "Declare a target with a program, or a workload, in its manifest.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NoSuchCell = new("CAP5492", Severity.Error,
        "The project has no workload or process '{0}'. It has: {1}.", "Name one of these.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind NoSourceHere = new("CAP5540", Severity.Error,
        "'{0}' is no project of yours, so there is no source to run in place.", "Leave --mode away: it runs from its package. Or name the folder of a project.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind BuiltOfAnother = new("CAP5541", Severity.Error,
        "'{0}' was built of another '{1}' than the project has now.", "Build the project again; leave --no-build away.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind SeveralCells = new("CAP5493", Severity.Error,
        "The command could run in any of these: {0}.", "Name one before --, or run it in each of them with --all.")
    { Exit = ExitCode.Invalid };
}
