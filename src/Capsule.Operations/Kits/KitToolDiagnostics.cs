using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Kits;

/// <summary>What goes wrong with the tools for a Kit's author: <c>kit info</c>, <c>workloads</c>, <c>clean</c>.</summary>
internal static class KitToolDiagnostics
{
    public static readonly DiagnosticKind NoKit = new("CAP5580", Severity.Error,
        "'{0}' is the manifest of a {1}, and this command is for Kits.", "Name the folder of a Kit, which has a capability.yml.")
    { Exit = ExitCode.Usage };
}
