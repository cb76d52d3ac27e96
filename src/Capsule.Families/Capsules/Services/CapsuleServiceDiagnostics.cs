using Capsule.Core.Diagnostics;

namespace Capsule.Families.Capsules.Services;

/// <summary>What can be wrong with <c>[services]</c> (CAP0070 to CAP0089; specs: ato 1.5).</summary>
internal static class CapsuleServiceDiagnostics
{
    public static readonly DiagnosticKind NoTarget = new("CAP0070", Severity.Error,
        "[services] has no target that starts it.", "Add a target with runtime = \"web\" and driver = \"deno\" and its port; or remove [services].")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind NoMain = new("CAP0071", Severity.Error,
        "There is no service 'main'.", "Call the service 'main' that answers on the target's port.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind NoCommand = new("CAP0072", Severity.Error,
        "The service '{0}' has no entrypoint.", "Add entrypoint = \"PROGRAM ARGUMENTS\".")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind CommandLine = new("CAP0073", Severity.Error,
        "The entrypoint of '{0}' cannot be split into words: a quote is not closed, or it ends in a backslash.", "Close the quote, or double the backslash.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind Expose = new("CAP0074", Severity.Error,
        "The service '{0}' cannot have expose.", "Remove it: only main stands behind the public address, and the services reach each other on 127.0.0.1.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind UnknownDependency = new("CAP0075", Severity.Error,
        "There is no service '{0}'. {1}", "Let depends_on name tables under [services].")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind Cycle = new("CAP0076", Severity.Error,
        "These services wait for each other: {0}.", "Remove one of these dependencies.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind ProbeEmpty = new("CAP0077", Severity.Error,
        "The readiness_probe of '{0}' asks for nothing.", "Add http_get = \"/PATH\" or tcp_connect = \"127.0.0.1\".")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind ProbePort = new("CAP0078", Severity.Error,
        "The readiness_probe of '{0}' names no port.", "Add port = \"NAME\", the name of the variable that holds the port.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind ProbePortValue = new("CAP0079", Severity.Error,
        "The variable {1} of the service '{0}', which its readiness_probe names, is no port: {2}.",
        "Set {1} to a number between 1 and 65535 in the service's env. PORT is set for main only.")
    { Aliases = ["ATO_ERR_POLICY_VIOLATION"] };

    public static readonly DiagnosticKind ProbeAddress = new("CAP0080", Severity.Error,
        "'{0}' cannot be probed.", "Write a path for http_get (\"/health\"), and 127.0.0.1 or localhost for tcp_connect: services have a loopback of their own and nothing else.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind ToolNotPinned = new("CAP0081", Severity.Error,
        "The service '{0}' starts {1}, and the target '{2}' pins no version of it.", "Add runtime_tools = {{ {1} = \"{3}\" }} to the target.")
    { Aliases = ["E002"] };

    public static readonly DiagnosticKind PortTwice = new("CAP0082", Severity.Error,
        "The services '{0}' and '{1}' both listen on port {2}.", "Give each a port of its own: they share one loopback.");

    public static readonly DiagnosticKind ProgramNotFound = new("CAP0083", Severity.Error,
        "The service '{0}' starts '{1}', which is not a file of the project.", "Correct the path; it is relative to the folder in which the services start.")
    { Aliases = ["E101"] };

    public static readonly DiagnosticKind Name = new("CAP0084", Severity.Error,
        "'{0}' cannot be the name of a service.", "Use up to 64 letters, digits, '-' and '_', starting with a letter or digit; 'prepare' is taken.")
    { Aliases = ["E002"] };
}
