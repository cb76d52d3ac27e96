using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Relays;

/// <summary>What can go wrong at an exit that the runner manages (CAP5721 to CAP5729).</summary>
internal static class RelayDiagnostics
{
    public static readonly DiagnosticKind BadExit = new("CAP5721", Severity.Error,
        "The exit at '{0}' of '{1}' is no exit: {2}.", "If the manifest does not say so, report this as a defect of capsule.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind NotReached = new("CAP5722", Severity.Error,
        "{0} did not answer: {1}.", "Check that this machine reaches it; behind a gateway, name that under [relays] in config.toml.")
    { Exit = ExitCode.Network };

    public static readonly DiagnosticKind TooSlow = new("CAP5723", Severity.Error,
        "{0} did not answer in time.", "Try again later, or ask for less at once.")
    { Exit = ExitCode.Network };

    public static readonly DiagnosticKind Redirected = new("CAP5724", Severity.Error,
        "{0} answered with a redirect ({1}), which an exit never follows nor passes on.", "Call the path that the provider documents; it moves calls to no other host.")
    { Exit = ExitCode.Network };

    public static readonly DiagnosticKind NoEndpoint = new("CAP5725", Severity.Error,
        "'{0}' has no exit at '{1}'.", "Its exits: {2}.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind BadRequest = new("CAP5726", Severity.Error,
        "The request cannot be carried on: {0}.", "Name path and query at the provider, beginning with one '/', without '.' and '..' segments, backslashes and '#'.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind BadMethod = new("CAP5727", Severity.Error,
        "An exit does not carry {0} requests.", "Use GET, POST or another method of the provider's API.")
    { Exit = ExitCode.Invalid };
}
