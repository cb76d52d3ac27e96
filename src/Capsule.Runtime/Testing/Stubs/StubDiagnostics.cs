using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Testing.Stubs;

/// <summary>What a stub says to calls that its author did not think of.</summary>
internal static class StubDiagnostics
{
    public static readonly DiagnosticKind NoAnswer = new("CAP6040", Severity.Error,
        "The stub of '{0}' has no answer for {1}. It has: {2}.", "Add the answer under 'stubs' in capability-test.yml, or test against the real one with --no-stubs.");
}
