using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Mcp;

namespace Capsule.Cli.Commands.Mcp;

/// <summary><c>capsule mcp call-tool</c>: one call of one tool.</summary>
internal static class CallTool
{
    /// <param name="define">For which program.</param>
    /// <param name="inputName">What the option for the tool's arguments is called there.</param>
    /// <param name="kit">Whether it also takes --kit there.</param>
    public static Command Make(VerbDefiner define, string inputName, bool kit = false)
    {
        var options = new McpOptions(kit);
        var tool = new Option<string>("--tool") { Description = "The tool's name.", HelpName = "NAME", Required = true };
        var input = new Option<string?>(inputName) { Description = "What the tool is given: a JSON object, or - to read it from the standard input; an empty object otherwise.", HelpName = "JSON" };
        return define(
            "call-tool",
            "Calls a tool of a package and prints what it says; exit code 6 when it says that it failed.\n\nExample: capsule mcp call-tool ./my-kit --tool greet --input '{\"name\":\"Ada\"}'",
            [options.Where, tool, input, .. options.Symbols.Skip(1)],
            async (context, cancel) =>
            {
                var given = await ReadAsync(context.Get(input), inputName, cancel);
                if (!given.Succeeded)
                {
                    return Answer.Failed(given.Diagnostics);
                }

                return Answer.From(await McpTarget.AskAsync(context, options, client => client.CallAsync(context.Get(tool), given.Value, cancel), cancel), result => Tell(context.Get(tool), result));
            });
    }

    private static Answer Tell(string tool, McpToolResult result) => result.IsError
        ? Answer.Failed(McpVerbDiagnostics.ToolFailed.Now(tool, TerminalText.Line(result.Text))) with { Data = result.Json }
        : Answer.Ok(result.Text.Length == 0 ? null : string.Join('\n', result.Text.Split('\n').Select(TerminalText.Line)), result.Json);

    private static async Task<Result<JsonObject>> ReadAsync(string? text, string option, CancellationToken cancel)
    {
        try
        {
            var json = text == "-" ? await Console.In.ReadToEndAsync(cancel) : text ?? "{}";
            return JsonNode.Parse(json) is JsonObject given ? given : McpVerbDiagnostics.BadInput.Now("it is another JSON value", option);
        }
        catch (JsonException problem)
        {
            return McpVerbDiagnostics.BadInput.Now(problem.Message.TrimEnd('.'), option);
        }
    }
}
