using System.Globalization;
using System.Text;

namespace Capsule.Core.Diagnostics;

/// <summary>
/// One row of a diagnostic table: a stable code (<c>CAP</c> and four digits, never reused), the message with numbered
/// holes, and what to do about it. Tables live beside the rules that use them.
/// </summary>
/// <param name="Code">For example <c>CAP0231</c>; the thousands name the area (design.md 4).</param>
/// <param name="Severity">The default severity.</param>
/// <param name="Message">One sentence, <see cref="string.Format(string, object[])"/> holes.</param>
/// <param name="Hint">One sentence that says what to do; may use the same holes.</param>
public sealed record DiagnosticKind(string Code, Severity Severity, string Message, string Hint)
{
    /// <summary>Codes of the reference systems that mean the same, for example <c>E202</c>.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The exit code of a verb that fails because of this. The default follows the area.</summary>
    public ExitCode Exit { get; init; } = AreaExit(Code);

    /// <summary>A longer explanation for the help page; Markdown. Empty when message and hint say it all.</summary>
    public string Explanation { get; init; } = "";

    public Diagnostic At(SourceSpan span, params object?[] arguments) =>
        new(this, Fill(Message, arguments), Fill(Hint, arguments), span);

    public Diagnostic In(string file, params object?[] arguments) => At(SourceSpan.Of(file), arguments);

    public Diagnostic Now(params object?[] arguments) =>
        new(this, Fill(Message, arguments), Fill(Hint, arguments), null);

    private static string Fill(string text, object?[] arguments)
    {
        if (arguments.Length == 0)
        {
            return text;
        }

        // What the system says about a failure ends with a full stop of its own.
        var filled = string.Format(CultureInfo.InvariantCulture, text, arguments);
        return text.EndsWith("}.", StringComparison.Ordinal) && filled.EndsWith("..", StringComparison.Ordinal) && !filled.EndsWith("...", StringComparison.Ordinal)
            ? filled[..^1]
            : filled;
    }

    private static ExitCode AreaExit(string code) => code.Length < 4 ? ExitCode.Invalid : code[3] switch
    {
        '3' => ExitCode.Refused,
        '4' => ExitCode.Network,
        '5' => ExitCode.SandboxRefused,
        '6' => ExitCode.ProcessFailed,
        _ => ExitCode.Invalid,
    };

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(Code);
        return true;
    }
}
