using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Testing.Filters;

/// <summary>Why a filter selects nothing.</summary>
internal static class FilterDiagnostics
{
    public static readonly DiagnosticKind Unreadable = new("CAP6030", Severity.Error,
        "The filter '{0}' cannot be read at character {1}: {2}.",
        "Write Property=value with =, !=, ~ or !~; join conditions with & and |, group them with parentheses, and put a backslash before such a character in a value.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind UnknownProperty = new("CAP6031", Severity.Error,
        "The filter names the property '{0}', which no case has.", "Filter by one of {1}.")
    { Exit = ExitCode.Usage };

    public static readonly DiagnosticKind NothingMatches = new("CAP6032", Severity.Error,
        "No case matches the filter '{0}'. The cases: {1}.",
        "Correct the filter. Where a filter may select nothing, for example across a solution, set CapsuleFailOnZeroTests to false.")
    { Exit = ExitCode.NotFound };
}
