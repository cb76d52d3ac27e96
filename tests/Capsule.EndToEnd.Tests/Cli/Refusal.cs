using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>What an answer looks like: the right exit code; of a refusal one coded error and no stack trace.</summary>
internal static partial class Refusal
{
    public static void Refused(this Command run, int exit, string code)
    {
        Assert.AreEqual(exit, run.ExitCode, run.All);
        StringAssert.Contains(run.Error, $"error {code}", run.All);
        StringAssert.Contains(run.Error, "hint: ", run.All);
        Assert.AreEqual("", run.Output, run.All);
        Assert.IsFalse(StackFrame().IsMatch(run.All), run.All);
    }

    /// <summary>The document on standard output, after the expected exit code.</summary>
    public static JsonNode Json(this Command run, int exit)
    {
        Assert.AreEqual(exit, run.ExitCode, run.All);
        return JsonNode.Parse(run.Output)!;
    }

    /// <summary>The codes of the errors, in the order printed.</summary>
    public static IReadOnlyList<string> Errors(this Command run) => [.. ErrorCode().Matches(run.Error).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"^\s+at [\w.<>`]+\(|Unhandled exception|System\.\w+Exception", RegexOptions.Multiline)]
    private static partial Regex StackFrame();

    [GeneratedRegex(@"\berror (CAP\d{4})\b")]
    private static partial Regex ErrorCode();
}
