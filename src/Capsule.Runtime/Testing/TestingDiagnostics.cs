using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Testing;

/// <summary>Why a case of a package does not pass.</summary>
internal static class TestingDiagnostics
{
    public static readonly DiagnosticKind DoesNotHold = new("CAP6000", Severity.Error,
        "{0} does not hold: {1}.", "Correct the package, or the expectation if it is the test that is wrong.");

    public static readonly DiagnosticKind NothingToShow = new("CAP6001", Severity.Error,
        "The value {0} cannot be shown: {1}.", "Correct the path under 'verbose_output', or what the package answers.");

    public static readonly DiagnosticKind TooSlow = new("CAP6002", Severity.Error,
        "The case '{0}' did not end within {1} s.", "Look for what hangs with 'capsule logs', or allow more time with --timeout.");

    public static readonly DiagnosticKind NoAnswer = new("CAP6003", Severity.Error,
        "{0} {1} got no answer: {2}.", "See what the package logs at this point: 'capsule logs'.");

    public static readonly DiagnosticKind TooLarge = new("CAP6004", Severity.Error,
        "The answer to {0} {1} is larger than {2} MiB.", "Test a request with a smaller answer; more is not read.");

    public static readonly DiagnosticKind ToolFailed = new("CAP6005", Severity.Error,
        "The tool '{0}' reported an error: {1}", "Correct the tool or the inputs of the case. A failing tool cannot be validated.");

    public static readonly DiagnosticKind CallRefused = new("CAP6006", Severity.Error,
        "The server refused to call the tool '{0}': {1}", "Check the name of the tool and its inputs against what the server offers.");

    public static readonly DiagnosticKind NotMcp = new("CAP6007", Severity.Error,
        "'{0}' did not answer as an MCP server does: {1}.", "The endpoint must answer MCP's Streamable HTTP: JSON-RPC over POST, as JSON, events or JSON lines.");

    public static readonly DiagnosticKind CommandFailed = new("CAP6008", Severity.Error,
        "The command ended with exit code {0}.{1}", "Correct what the command complains about; validations are looked at only after exit code 0.");

    public static readonly DiagnosticKind Unusable = new("CAP6009", Severity.Error,
        "The case '{0}' cannot be run: {1}", "Build the package again with this version of Capsule.");

    public static readonly DiagnosticKind NoSuchCase = new("CAP6010", Severity.Error,
        "No case is called '{0}'. The cases: {1}.", "Give the id of a case, or a pattern such as 'http-*'.")
    { Exit = ExitCode.NotFound };
}
