namespace Capsule.Cli.Shell;

/// <summary>Where a verb writes: data to <see cref="Out"/>, talk to <see cref="Error"/> (design.md 9).</summary>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool ErrorIsTerminal, bool InputIsTerminal, bool Color)
{
    public static Terminal OfProcess()
    {
        var color = !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(Console.Out, Console.Error, !Console.IsErrorRedirected, !Console.IsInputRedirected, color);
    }
}
