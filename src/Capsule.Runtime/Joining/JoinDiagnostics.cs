using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Joining;

/// <summary>What can keep a command from running beside the processes of a run.</summary>
internal static class JoinDiagnostics
{
    public static readonly DiagnosticKind RunEnded = new("CAP5450", Severity.Error,
        "The run '{0}' has ended.", "Start it again; 'capsule ps' lists the runs that live.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind NotYet = new("CAP5451", Severity.Error,
        "The run '{0}' takes no commands: {1}.", "Wait until 'capsule ps' says that it is running. A site of files alone has no process to run a command beside.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind NotItsRunner = new("CAP5452", Severity.Error,
        "What listens in the folder of the run '{0}' is not its runner: {1}.", "Start no command through it. Look at who may write to CAPSULE_HOME, and use the account that started the run.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind NoSuchProcess = new("CAP5453", Severity.Error,
        "The run has no process '{0}'. It has: {1}.", "Name one of these with --process.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind SeveralProcesses = new("CAP5454", Severity.Error,
        "The command could run beside any of these processes: {0}.", "Name one of these with --process.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind Lost = new("CAP5455", Severity.Error,
        "The run '{0}' ended, and the command with it.", "See why with 'capsule logs {0}'.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind BadRequest = new("CAP5456", Severity.Error,
        "The runner does not understand what it was asked: {0}.", "Use the capsule that started the run: another version may ask in another way.")
    { Exit = ExitCode.Invalid };
}
