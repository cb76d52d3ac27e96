using System.Text.RegularExpressions;

namespace Capsule.Runtime.Supervision;

/// <summary>A line of a log as it can be printed: colours and other escape sequences go without a trace, unlike in quoted manifests.</summary>
internal static partial class LogText
{
    /// <summary>Removes escape sequences (ECMA-48) and all control characters but the tab.</summary>
    public static string Strip(string text) =>
        text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && text.AsSpan().IndexOfAnyInRange('\u007f', '\u009f') < 0
            ? Directions().Replace(text, "")
            : Directions().Replace(Controls().Replace(Sequences().Replace(text, ""), ""), "");

    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]|\x9b[0-?]*[ -/]*[@-~]|\x1b[\]PX^_].*?(?:\x1b\\|\x07|$)|\x1b[ -/]*[0-~]", RegexOptions.Singleline)]
    private static partial Regex Sequences();

    [GeneratedRegex(@"[\x00-\x08\x0a-\x1f\x7f-\x9f]")]
    private static partial Regex Controls();

    /// <summary>Bidirectional overrides can make a line read as something else.</summary>
    [GeneratedRegex(@"[\u202a-\u202e\u2066-\u2069]")]
    private static partial Regex Directions();
}
