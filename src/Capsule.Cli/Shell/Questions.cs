namespace Capsule.Cli.Shell;

/// <summary>Questions to a person. The answer that nobody gives is no.</summary>
internal static class Questions
{
    /// <summary>Whether somebody sees a question and can answer it.</summary>
    public static bool CanBeAsked(VerbContext context) => context.Terminal is { InputIsTerminal: true, ErrorIsTerminal: true } && !context.Json;

    public static bool Ask(Terminal terminal, string question)
    {
        terminal.Error.Write($"{question} [y/N] ");
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
