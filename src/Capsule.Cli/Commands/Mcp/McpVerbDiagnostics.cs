using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Commands.Mcp;

/// <summary>What can be wrong with a call of <c>capsule mcp</c>.</summary>
internal static class McpVerbDiagnostics
{
    public static readonly DiagnosticKind NoEndpoint = new("CAP9180", Severity.Error,
        "'{0}' has no MCP endpoint{1}. Public MCP paths: {2}.", "Name one of those with --path; or expose one in the manifest, with 'endpoints: [mcp]' under 'expose'.")
    { Exit = ExitCode.NotFound };

    public static readonly DiagnosticKind SeveralEndpoints = new("CAP9181", Severity.Error,
        "'{0}' has several MCP endpoints, and none is the default: {1}.", "Name one with --path, or write 'default_mcp: true' at one in the manifest.")
    { Exit = ExitCode.MissingInput };

    public static readonly DiagnosticKind BadInput = new("CAP9182", Severity.Error,
        "What the tool is to be given is no JSON object: {0}.", "Write for example {1} '{{\"text\":\"hello\"}}', or {1} - to read it from the standard input.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind ToolFailed = new("CAP9183", Severity.Error,
        "The tool '{0}' reported an error: {1}", "What it takes: 'capsule mcp list-tools --json'. What it did: 'capsule logs'.")
    { Exit = ExitCode.ProcessFailed };

    public static readonly DiagnosticKind OutputIsMcp = new("CAP9184", Severity.Error,
        "The standard input and output of 'capsule mcp serve' are for the MCP client alone; {0} cannot be used with it.", "Leave it away. A secret can come from a variable (env:NAME) or a file (file:PATH).")
    { Exit = ExitCode.Usage };
}
