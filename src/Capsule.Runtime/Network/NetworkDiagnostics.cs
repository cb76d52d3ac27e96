using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Network;

/// <summary>What can go wrong between a client, the runner's sockets and a workload.</summary>
internal static class NetworkDiagnostics
{
    public static readonly DiagnosticKind PortTaken = new("CAP5300", Severity.Error,
        "Port {0} on 127.0.0.1 is held by {1}.", "Stop that, or choose a port with --port (0 lets the runner choose one).")
    { Exit = ExitCode.Conflict };

    public static readonly DiagnosticKind NoAnswer = new("CAP5301", Severity.Error,
        "The workload '{0}' did not answer: {1}.", "See its log with 'capsule logs'.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind TooSlow = new("CAP5302", Severity.Error,
        "The workload '{0}' did not answer within {1} ms.", "Raise the endpoint's timeout_ms in the manifest, or make the work shorter.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind ForeignHost = new("CAP5303", Severity.Error,
        "This listener answers to loopback names only, not to '{0}'.", "Call it as http://127.0.0.1 or http://localhost with its port.");

    public static readonly DiagnosticKind ForeignOrigin = new("CAP5304", Severity.Error,
        "Requests from pages of '{0}' are not answered.", "Open the app at its own loopback address.");

    public static readonly DiagnosticKind NotASocket = new("CAP5305", Severity.Error,
        "'{0}' in the workload's socket folder is not a socket.", "The workload must listen there itself; a link to another socket is never followed.");

    public static readonly DiagnosticKind EgressDenied = new("CAP5306", Severity.Warning,
        "{0} may not {1} {2}: {3}.", "If it should, write what the line names into the manifest: a host for egress_allow of a capsule, a wider 'network' for a Kit's command.");

    public static readonly DiagnosticKind FolderMissing = new("CAP5308", Severity.Error,
        "The folder '{0}', which is to be served, is not in the package.", "Correct the manifest, or add the folder. A link to a folder is not followed.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind PortForbidden = new("CAP5309", Severity.Error,
        "You may not listen on port {0}.", "Choose a port above 1023 with --port (0 lets the runner choose one).")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind PeerDenied = new("CAP5320", Severity.Warning,
        "{0} may not call '{1}' of {2}.", "It may call: {3}. Declare the endpoint in the workload that answers it, and connect the caller to that workload.");

    public static readonly DiagnosticKind PeerNotReady = new("CAP5321", Severity.Error,
        "'{0}' cannot be called now: {1}.", "Call it again later. 'capsule logs' tells what it is doing, or why it ended.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind Starting = new("CAP5310", Severity.Error,
        "'{0}' is still starting.", "Ask again in a moment. What it does meanwhile: 'capsule logs'.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind NotAccepted = new("CAP5311", Severity.Warning,
        "No further connection of a workload's can be accepted for now: {0}.",
        "The workload's callers wait, and it goes on by itself when others end. If that happens often, raise the limit of open files ('ulimit -n') for capsule.");

    public static readonly DiagnosticKind NoRoute = new("CAP5307", Severity.Error,
        "Nothing is served at '{0}'.", "Public paths of this package: {1}.")
    { Exit = ExitCode.NotFound };
}
