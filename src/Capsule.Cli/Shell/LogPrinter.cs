using System.Text.Json.Nodes;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Shell;

/// <summary>Lines of a run as it goes: a program's own output to stdout as it is, everything else to stderr with its name.</summary>
internal static class LogPrinter
{
    /// <summary>A refusal that harms no program is for <c>capsule logs</c>, not for whoever watches.</summary>
    public static bool IsQuiet(LogLine line) => line is { Denial: not null, Level: LogLevel.Debug };

    /// <summary>With --json stdout holds the answer alone, and a refusal is one JSON object on a line of stderr, the moment it happens.</summary>
    public static void Print(Terminal terminal, bool json, LogLine line)
    {
        if (IsQuiet(line))
        {
            return;
        }

        if (json && line.Denial is { } denial)
        {
            terminal.Error.WriteLine(new JsonObject { ["denial"] = DenialJson.Of(denial) }.ToJsonString(JsonText.Compact));
            return;
        }

        if (line.Process.EndsWith("/task", StringComparison.Ordinal) && line.Stream != "runner")
        {
            (line.Stream == "out" && !json ? terminal.Out : terminal.Error).WriteLine(line.Printable);
            return;
        }

        terminal.Error.WriteLine($"[{line.Process}] {line.Printable}");
    }
}
