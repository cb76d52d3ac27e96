using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Atoms;

/// <summary>What the program <c>atoms</c> writes (specs: atoms 12): problems to stderr, <c>file(line,column): error ATM1003: …</c>; answers to stdout.</summary>
internal sealed class AtomsOutput(Terminal terminal)
{
    public void Tell(IEnumerable<Diagnostic> problems)
    {
        foreach (var problem in problems)
        {
            terminal.Error.WriteLine(Text(problem));
        }
    }

    public void Write(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            terminal.Out.WriteLine(line);
        }
    }

    public void Write(JsonObject answer) => terminal.Out.Write(answer.ToJsonString(JsonText.Indented).ReplaceLineEndings("\n") + "\n");

    /// <summary>The thousands of the reference's code; what has none is a failure of the surroundings.</summary>
    public static int Exit(Diagnostic? error) => error is null ? 0 : AtomJson.Code(error) is ['A', 'T', 'M', var digit, ..] ? digit - '0' : 4;

    /// <summary>A path with <c>/</c> below a folder, or as it is.</summary>
    public static string Relative(string folder, string path) => Path.GetRelativePath(folder, path) is var relative && relative.StartsWith("..", StringComparison.Ordinal)
        ? path
        : relative.Replace(Path.DirectorySeparatorChar, '/');

    private static string Text(Diagnostic problem)
    {
        var place = problem.Span is not { } span ? "" : span == SourceSpan.Of(span.File) ? $"{Shown(span.File)}: " : $"{Shown(span.File)}({span.Line},{span.Column}): ";
        return TerminalText.Lines($"{place}{DiagnosticText.Word(problem.Severity)} {AtomJson.Code(problem)}: {problem.Text}");
    }

    private static string Shown(string file) => Relative(Directory.GetCurrentDirectory(), file);
}
