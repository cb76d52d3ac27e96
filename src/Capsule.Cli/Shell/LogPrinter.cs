using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Shell;

/// <summary>Lines of a run as it goes: a program's own output to stdout as it is, everything else to stderr with its name.</summary>
internal static class LogPrinter
{
    public static void Print(Terminal terminal, LogLine line)
    {
        if (line.Process.EndsWith("/task", StringComparison.Ordinal))
        {
            (line.Stream == "out" ? terminal.Out : terminal.Error).WriteLine(line.Printable);
            return;
        }

        terminal.Error.WriteLine($"[{line.Process}] {line.Printable}");
    }
}
