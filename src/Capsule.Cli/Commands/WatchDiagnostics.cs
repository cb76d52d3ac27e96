using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Commands;

/// <summary>Why a run cannot be watched.</summary>
internal static class WatchDiagnostics
{
    public static readonly DiagnosticKind NotWatched = new("CAP5542", Severity.Error,
        "'{0}' cannot be watched: {1}.", "Leave --watch away, or run the folder of a project in the foreground.")
    { Exit = ExitCode.Usage };
}
