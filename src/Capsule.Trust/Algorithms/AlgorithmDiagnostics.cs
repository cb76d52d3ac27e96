using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Algorithms;

/// <summary>What can go wrong inside an algorithm.</summary>
internal static class AlgorithmDiagnostics
{
    public static readonly DiagnosticKind SelfTestFailed = new("CAP3290", Severity.Error,
        "{0} does not compute its known answer on this machine, so nothing is signed with it.",
        "The program or the machine is damaged: install capsule again, and test the machine's memory. Sign elsewhere until then.");
}
