using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Mcp;

/// <summary>Why tools cannot be listed or called.</summary>
internal static class McpDiagnostics
{
    public static readonly DiagnosticKind NoAnswer = new("CAP5520", Severity.Error,
        "The MCP endpoint {0} gave no answer: {1}.", "See whether the package still runs with 'capsule ps', and what it says with 'capsule logs'.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind NotMcp = new("CAP5521", Severity.Error,
        "{0} did not answer as an MCP server does: {1}.", "The endpoint must answer MCP's Streamable HTTP: JSON-RPC over POST, as JSON, events or JSON lines. 'capsule plan' shows which public paths do.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind Refused = new("CAP5522", Severity.Error,
        "The MCP server refused '{0}': {1}", "See the names of the tools and what they take with 'capsule mcp list-tools'.")
    { Exit = ExitCode.Invalid };

    public static readonly DiagnosticKind TooLarge = new("CAP5523", Severity.Error,
        "The answer of {0} is larger than {1} MiB.", "Ask the tool for less; more is not read.")
    { Exit = ExitCode.ProcessFailed };
}
