using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Mcp;

namespace Capsule.Cli.Commands.Mcp;

/// <summary><c>capsule mcp list-tools</c>: what a package offers over MCP.</summary>
internal static class ListTools
{
    /// <param name="define">For which program.</param>
    /// <param name="kit">Whether it also takes --kit there.</param>
    public static Command Make(VerbDefiner define, bool kit = false)
    {
        var options = new McpOptions(kit);
        return define("list-tools", "Lists the tools of a package, with what they take as JSON Schema in the answer of --json.\n\nExample: capsule mcp list-tools ./my-kit", options.Symbols, async (context, cancel) =>
        {
            return Answer.From(await McpTarget.AskAsync(context, options, client => client.ListAsync(cancel), cancel), tools => Answer.Ok(
                tools.Count == 0 ? null : string.Join('\n', tools.Select(Line)),
                new JsonArray([.. tools.Select(t => t.Json)])));
        });
    }

    private static string Line(McpTool tool)
    {
        var said = tool.Description ?? tool.Title ?? "";
        return TerminalText.Line($"{tool.Name,-24}  {said.Split('\n')[0]}".TrimEnd());
    }
}
