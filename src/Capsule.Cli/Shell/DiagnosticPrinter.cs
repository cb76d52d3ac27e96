using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Shell;

/// <summary>Diagnostics on stderr: with the source line on a terminal, one JSON object a line elsewhere (design.md 9).</summary>
internal static class DiagnosticPrinter
{
    /// <summary>CAPSULE_ERRORS=text or json overrides what the terminal decides.</summary>
    public static void Print(Terminal terminal, IEnumerable<Diagnostic> diagnostics)
    {
        var asText = Environment.GetEnvironmentVariable("CAPSULE_ERRORS") switch
        {
            "text" => true,
            "json" => false,
            _ => terminal.ErrorIsTerminal,
        };
        if (asText)
        {
            terminal.Error.Write(new DiagnosticText(terminal.Color, Directory.GetCurrentDirectory()).Format(diagnostics));
            return;
        }

        foreach (var diagnostic in diagnostics)
        {
            terminal.Error.WriteLine(DiagnosticJson.Line(diagnostic));
        }
    }
}
