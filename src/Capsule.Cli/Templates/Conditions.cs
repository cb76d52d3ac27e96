namespace Capsule.Cli.Templates;

/// <summary>
/// The part of dotnet new's conditions that the templates use: lines of their own, <c>&lt;!--#if (a || b) --&gt;</c> and
/// <c>&lt;!--#endif --&gt;</c>, nested or not.
/// </summary>
internal static class Conditions
{
    private const string If = "<!--#if (";
    private const string EndIf = "<!--#endif -->";

    /// <summary>The text without the condition lines and without the lines between them whose condition is false.</summary>
    public static string Resolve(string text, IReadOnlySet<string> facts)
    {
        var open = new Stack<bool>();
        var kept = text.Split('\n').Where(line =>
        {
            if (line.StartsWith(If, StringComparison.Ordinal))
            {
                open.Push(line[If.Length..line.IndexOf(')', StringComparison.Ordinal)].Split(" || ").Any(facts.Contains));
                return false;
            }

            if (line == EndIf)
            {
                open.Pop();
                return false;
            }

            return open.All(holds => holds);
        });
        return string.Join('\n', kept);
    }
}
