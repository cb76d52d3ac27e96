using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Core.Tests.Diagnostics;

internal static class Sample
{
    public static readonly DiagnosticKind Kind = new("CAP0231", Severity.Error,
        "Workload '{1}' has no endpoint '{0}'.", "Add '{0}' under workloads.{1}.endpoints.")
    { Aliases = ["E202"], Explanation = "An endpoint is what other packages can call." };

    public static DiagnosticText Printer(string source, bool color = false) => new(color, "/home/me", file => new SourceText(file, source));

    public static Diagnostic At(int line, int column, int endLine, int endColumn, string endpoint = "/mcp") =>
        Kind.At(new SourceSpan("/home/me/kit/capability.yml", line, column, endLine, endColumn), endpoint, "web");
}
