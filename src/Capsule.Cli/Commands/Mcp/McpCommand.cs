using System.CommandLine;
using Capsule.Cli.Shell;

namespace Capsule.Cli.Commands.Mcp;

/// <summary><c>capsule mcp …</c>: the tools that a package offers over MCP, for people and for programs that speak MCP.</summary>
internal static class McpCommand
{
    public static Command Make() => new("mcp", "Uses the tools of a package: of one that runs, or of one that is started for it.\n\nExample: capsule mcp list-tools ./my-kit")
    {
        ListTools.Make(Verb.Define),
        CallTool.Make(Verb.Define, "--input"),
        ServeMcp.Make(Verb.Define),
    };
}
