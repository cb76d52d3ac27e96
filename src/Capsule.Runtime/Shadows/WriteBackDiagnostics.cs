using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Shadows;

/// <summary>Why a change stays in the sandbox although it may leave it.</summary>
internal static class WriteBackDiagnostics
{
    public static readonly DiagnosticKind Conflict = new("CAP5495", Severity.Error,
        "The project has other files than the command found; they were kept as they are: {0}.",
        "Look at them, then run the command again: it starts from what the project has now.")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind TooMuch = new("CAP5496", Severity.Error,
        "The command left more than is written back: {0}. Nothing was written.",
        "Let it write into a dependency or output folder, or run it with --no-write-back.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NotWritten = new("CAP5497", Severity.Error,
        "'{0}' could not be written back: {1}.", "Check the room on the disk and who may write to the project, then run the command again. What was written before is whole.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind Interrupted = new("CAP5498", Severity.Error,
        "The write-back was interrupted: {0} of {1} changes are in the project, each of them whole.", "Run the command again.")
    { Exit = ExitCode.Interrupted };

    public static readonly DiagnosticKind ProjectGone = new("CAP5499", Severity.Error,
        "The project's folder '{0}' is gone or is no folder of its own any more; nothing was written back.", "Put it back, then run the command again.")
    { Exit = ExitCode.Conflict };
}
