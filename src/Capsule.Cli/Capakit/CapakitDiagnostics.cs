using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Capakit;

internal static class CapakitDiagnostics
{
    public static readonly DiagnosticKind BadVariable = new("CAP9150", Severity.Error,
        "The variable {0} is '{1}', which is none of: {2}.", "Set {0} to one of these, or unset it.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind KitTwice = new("CAP9151", Severity.Error,
        "The Kit is named twice: '{0}', and '{1}' with --kit.", "Leave one of the two away.")
    { Exit = ExitCode.Usage };
}
