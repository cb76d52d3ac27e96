using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Planning;

/// <summary>What is wrong with a launch plan as such (CAP5470 to CAP5489). A family checks its manifests more closely and with places.</summary>
internal static class PlanDiagnostics
{
    private const string Manifest = "If the manifest does not say so, report this as a defect of capsule.";

    public static readonly DiagnosticKind Twice = new("CAP5470", Severity.Error,
        "The plan has two {0} called '{1}'.", "Rename one of them in the manifest. " + Manifest)
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind UnknownProcess = new("CAP5471", Severity.Error,
        "{0} needs the process '{1}', which the plan does not have.", "Name one that is declared. " + Manifest)
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind Command = new("CAP5472", Severity.Error,
        "'{0}' has {1} to start.", "Give it either a program with arguments or a line for the shell. " + Manifest)
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind LimitValue = new("CAP5473", Severity.Error,
        "The limit '{0}' of '{1}' is {2}; it must lie between {3} and {4}.", "Declare an amount that the kernel can hold, or no limit. " + Manifest)
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind LimitsDiffer = new("CAP5474", Severity.Error,
        "'{0}' and '{1}' share a sandbox, and its limit '{2}' holds for both together, but they declare different ones.", "Declare the same limit for both. " + Manifest)
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind Listener = new("CAP5475", Severity.Error,
        "The listener '{0}' of '{1}' is no listener: {2}.", "Give it either a port between 1 and 65535 or the absolute path of a socket. " + Manifest)
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind PortTwice = new("CAP5476", Severity.Error,
        "'{0}' and '{1}' share a sandbox and both listen on port {2}.", "Give one of them another port. " + Manifest)
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind OwnPort = new("CAP5477", Severity.Error,
        "'{0}' listens on port {1}, and its sandbox has {2} at the same port.",
        "Give it another port: the sandbox has a listener of its own for each granted host, and two cannot share a port. " + Manifest)
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind Egress = new("CAP5478", Severity.Error,
        "'{0}' is granted '{1}', which is no host: {2}.", "Write a host name such as api.example.com or *.example.com, with ports between 1 and 65535. " + Manifest)
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind UnknownListener = new("CAP5479", Severity.Error,
        "{0} needs the listener '{1}' of '{2}', which it does not have.", "Name one that is declared. " + Manifest)
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind SourceOutside = new("CAP5480", Severity.Error,
        "The mount '{0}' of '{1}' takes '{2}' from the package, which lies outside of it.", "Name a folder of the package, without '..'. " + Manifest)
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind Seconds = new("CAP5481", Severity.Error,
        "{0} of '{1}' is {2}; it must lie between {3} and {4} seconds.", "Declare a time in that range. " + Manifest)
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind Signal = new("CAP5482", Severity.Error,
        "'{0}' is to be stopped by '{1}', which is no signal that can be sent.", "Name one of: {2}. " + Manifest)
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind VariableName = new("CAP5483", Severity.Error,
        "'{1}' cannot be the name of a variable of '{0}'.", "Use a name without '=' and NUL that is not empty. " + Manifest)
    { Exit = ExitCode.Invalid };
}
