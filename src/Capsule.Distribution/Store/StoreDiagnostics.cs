using Capsule.Core.Diagnostics;

namespace Capsule.Distribution.Store;

internal static class StoreDiagnostics
{
    public static readonly DiagnosticKind NotInstalled = new("CAP4100", Severity.Error,
        "'{0}' is not installed.", "Install it with 'capsule install {0} --feed ADDRESS'.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind OtherContent = new("CAP4101", Severity.Error,
        "'{0}' is installed with identity {1}, but this package has {2}.",
        "A published version never changes. Ask the publisher which one is right; remove the installed one by hand only if you are sure.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind Damaged = new("CAP4102", Severity.Error,
        "The installed package in '{0}' is damaged: {1}", "Delete that folder and install the package again.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind NotNamedSo = new("CAP4103", Severity.Error,
        "The package says it is {0}, not {1}.", "Do not use it: the feed or the file gives another package than the one asked for.")
    { Exit = ExitCode.Refused };

    public static readonly DiagnosticKind WriteFailed = new("CAP4104", Severity.Error,
        "The package could not be written to the store: {0}", "Make room or give write access to CAPSULE_HOME, then install again; nothing was left behind.")
    { Exit = ExitCode.Invalid };
}
