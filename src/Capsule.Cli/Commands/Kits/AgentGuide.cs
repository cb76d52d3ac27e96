using System.CommandLine;
using System.Reflection;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;

namespace Capsule.Cli.Commands.Kits;

/// <summary>What a coding agent should know to make or change a Kit, as Markdown; the words of one program or of the other.</summary>
internal static class AgentGuide
{
    /// <param name="define">For which program.</param>
    /// <param name="name">The verb.</param>
    /// <param name="program">How the program is called.</param>
    public static Command Make(VerbDefiner define, string name, string program) =>
        define(name, "Prints what a coding agent should know to make or change a Kit, for a Kit's AGENTS.md to point to.\n\nExample: capsule kit agents-md", [], (_, _) =>
        {
            using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("agents.md")!);
            var text = reader.ReadToEnd().TrimEnd('\n').Replace("PROGRAM", program, StringComparison.Ordinal);
            return Task.FromResult(Answer.Ok(text, new JsonObject { ["markdown"] = text }));
        });
}
