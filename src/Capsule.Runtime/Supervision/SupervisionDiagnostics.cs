using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Supervision;

/// <summary>What can go wrong while the runner starts, watches and stops processes.</summary>
internal static class SupervisionDiagnostics
{
    public static readonly DiagnosticKind RelativeHome = new("CAP5400", Severity.Error,
        "CAPSULE_HOME must be an absolute path, but is '{0}'.", "Set CAPSULE_HOME to a path that starts with '/', or unset it to use ~/.capsule.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NoHome = new("CAP5401", Severity.Error,
        "No home folder is known, so there is no place for stored packages and runs.", "Set CAPSULE_HOME to a folder that you own.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind VariableMissing = new("CAP5402", Severity.Error,
        "'{0}' needs a value for the variable {1}.", "Give it with --env {1}=VALUE.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind NotReady = new("CAP5403", Severity.Error,
        "'{0}' was not ready within {1} s.{2}", "See its whole log with 'capsule logs'. If it only needs longer, give it more with --ready-timeout SECONDS.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind EndedEarly = new("CAP5404", Severity.Error,
        "'{0}' ended with exit code {1} before it was ready.{2}", "See its whole log with 'capsule logs'.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind StageFailed = new("CAP5405", Severity.Error,
        "The command of '{0}' failed with exit code {1}.{2}", "Correct the command in the manifest, or what it works on. Its whole log: 'capsule logs'.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind ServiceEnded = new("CAP5406", Severity.Error,
        "'{0}' ended by itself with exit code {1}.{2}", "See its whole log with 'capsule logs'.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind NoSignOfLife = new("CAP5543", Severity.Warning,
        "'{0}' gave no sign of life {1} times in a row ({2}); it is ended.", "With --restart it is started again. What it did last: 'capsule logs'.");

    public static readonly DiagnosticKind NoSuchRun = new("CAP5407", Severity.Error,
        "There is no run called '{0}'.", "'capsule ps --all' lists the runs.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind SeveralRuns = new("CAP5408", Severity.Error,
        "'{0}' may mean any of these runs: {1}.", "Give the id of one of them.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NotStopped = new("CAP5409", Severity.Error,
        "The run '{0}' did not stop within {1} s.", "Stop it with --force; its processes end with its runner.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind MountMissing = new("CAP5410", Severity.Error,
        "'{0}' needs a folder for the mount '{1}'. Its mounts:{2}", "Give it with --mount {1}=PATH; dotnet run and dotnet test take -p:CapsuleMounts={1}=PATH.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind NotCopied = new("CAP5411", Severity.Error,
        "The private copy for '{0}' could not be made: {1}.", "Check the space and the rights of CAPSULE_HOME.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind TreeIncomplete = new("CAP5412", Severity.Error,
        "'{0}' needs the folder '{1}', which the package does not have.", "Add the folder, or correct the manifest.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind Circular = new("CAP5413", Severity.Error,
        "These processes wait for each other: {0}.", "Remove one of the dependencies in the manifest.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NothingToRun = new("CAP5414", Severity.Error,
        "The package '{0}' has nothing to run.", "It can be built and published. Declare a target or a workload to run it.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NoSuchCell = new("CAP5415", Severity.Error,
        "The package has no workload '{0}'. It has: {1}.", "Name one of these.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind NotLogged = new("CAP5418", Severity.Warning,
        "The log under '{0}' cannot be written: {1}. The package goes on, and {2} of its lines are missing.",
        "Make room there, or give yourself the right to write; the log goes on by itself.");

    public static readonly DiagnosticKind NotKept = new("CAP5416", Severity.Error,
        "The run could not be recorded under '{0}': {1}.", "Check the space and the rights of CAPSULE_HOME.")
    { Exit = ExitCode.Invalid };
}
