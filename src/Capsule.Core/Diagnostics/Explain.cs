using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Capsule.Core.Diagnostics;

/// <summary>Tells what a code means, as <c>capsule explain CODE</c> prints it.</summary>
public static partial class Explain
{
    public static string Text(DiagnosticKind kind)
    {
        var text = new StringBuilder($"{kind.Code}: {Sentence(kind.Message)}\n\nWhat to do: {Sentence(kind.Hint)}\n");
        if (kind.Explanation.Length > 0)
        {
            text.Append($"\n{kind.Explanation.Trim()}\n");
        }

        return text.Append($"\n{Facts(kind)}\n").ToString();
    }

    /// <summary>A message without its arguments: each hole is an ellipsis.</summary>
    internal static string Sentence(string message) => Hole()
        .Replace(message, match => match.Value is "{{" or "}}" ? match.Value[..1] : "…");

    internal static string Facts(DiagnosticKind kind)
    {
        var aliases = kind.Aliases.Count > 0 ? $" Elsewhere: {string.Join(", ", kind.Aliases)}." : "";
        var exit = kind.Severity == Severity.Error ? string.Create(CultureInfo.InvariantCulture, $" Exit code: {(int)kind.Exit}.") : "";
        return $"Severity: {DiagnosticText.Word(kind.Severity)}.{exit}{aliases}";
    }

    [GeneratedRegex(@"\{\{|\}\}|\{[0-9]+[^}]*\}")]
    private static partial Regex Hole();
}
