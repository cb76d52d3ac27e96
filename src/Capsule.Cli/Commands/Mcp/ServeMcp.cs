using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Mcp;

namespace Capsule.Cli.Commands.Mcp;

/// <summary><c>capsule mcp serve</c>: a package as an MCP server over stdio, which is how most MCP clients start servers.</summary>
internal static class ServeMcp
{
    private const string Summary =
        "Serves the tools of a package over standard input and output, for MCP clients that start their servers. A package that does not run is\n"
        + "started, and stopped when the client leaves.\n\n"
        + "Example: capsule mcp serve ./my-kit --entry > .mcp.json";

    /// <param name="define">For which program.</param>
    /// <param name="kit">Whether it also takes --kit there.</param>
    public static Command Make(VerbDefiner define, bool kit = false)
    {
        var options = new McpOptions(kit);
        var entry = new Option<bool>("--entry") { Description = "Serve nothing: print the .mcp.json by which an MCP client registers this." };
        return define("serve", Summary, [options.Where, entry, .. options.Symbols.Skip(1)], async (context, cancel) =>
        {
            var taken = context.Json && !context.Get(entry) ? "--json" : options.Secrets.HasInput(context) ? "--secret ID=-" : null;
            return taken is not null ? Answer.Failed(McpVerbDiagnostics.OutputIsMcp.Now(taken))
                : context.Get(entry) ? await McpEntry.PrintAsync(context, options, cancel)
                : await ServeAsync(context, options, cancel);
        });
    }

    private static async Task<Answer> ServeAsync(VerbContext context, McpOptions options, CancellationToken cancel)
    {
        var target = await McpTarget.OpenAsync(context, options, cancel);
        if (!target.Succeeded)
        {
            return Answer.Failed(target.Diagnostics);
        }

        await using var opened = target.Value;
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        using var bridge = new StdioBridge(opened.Address, output);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var served = bridge.RunAsync(input, leaving.Token);
        if (await Task.WhenAny(served, opened.Ended) == served)
        {
            await served;
            return Answer.Ok();
        }

        await leaving.CancelAsync();
        var end = await opened.Ended;
        return new Answer { Exit = (ExitCode)end.ExitCode, Diagnostics = end.Problem is { } problem ? [problem] : [] };
    }
}
