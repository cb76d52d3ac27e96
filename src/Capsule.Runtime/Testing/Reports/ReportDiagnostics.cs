using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Testing.Reports;

/// <summary>Why a run is not reported the way the user asked for.</summary>
internal static class ReportDiagnostics
{
    public static readonly DiagnosticKind UnknownLogger = new("CAP6033", Severity.Error,
        "There is no logger '{0}' for the cases of a package.", "Use console or trx, for example --logger \"trx;LogFileName=results.trx\".")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind UnknownSetting = new("CAP6034", Severity.Error,
        "The logger '{0}' has no setting '{1}'.", "Leave it away; '{0}' knows {2}.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind BadValue = new("CAP6035", Severity.Error,
        "'{1}' is no value for {0}.", "Use {2}.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind Unwritable = new("CAP6036", Severity.Error,
        "The test report '{0}' could not be written: {1}", "Give a folder that may be written with --results-directory, or another name for the file.");
}
