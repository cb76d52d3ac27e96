using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;

namespace Capsule.Cli.Commands.Mcp;

/// <summary>The file <c>.mcp.json</c> that makes an MCP client start <c>capsule mcp serve</c> as it is called here. Folders become absolute: the client starts it elsewhere.</summary>
internal static class McpEntry
{
    public static async Task<Answer> PrintAsync(VerbContext context, McpOptions options, CancellationToken cancel)
    {
        var where = options.Named(context);
        var name = McpTarget.LivingRun(context, where)?.Package.Name;
        var named = name ?? where;
        if (name is null)
        {
            var target = await RunTarget.FindAsync(context, where, options.Selection.Read(context), context.Get(options.Locked), cancel);
            if (!target.Succeeded)
            {
                return Answer.Failed(target.Diagnostics);
            }

            name = target.Value.Compiled.Package.Name;
            named = Path.Exists(context.FullPath(where)) ? context.FullPath(where) : where;
            if (options.Grants.Read(context, target.Value.Compiled.Launch, target.Value.Folder) is { Succeeded: false } wrong)
            {
                return Answer.Failed(wrong.Diagnostics);
            }
        }

        var server = new JsonObject
        {
            ["command"] = "capsule",
            ["args"] = new JsonArray([.. Arguments(context, options, named).Select(a => JsonValue.Create(a))]),
        };
        if (Environment.GetEnvironmentVariable("CAPSULE_HOME") is { Length: > 0 } home)
        {
            server["env"] = new JsonObject { ["CAPSULE_HOME"] = home };
        }

        var file = new JsonObject { ["mcpServers"] = new JsonObject { [name] = server } };
        return Answer.Ok(file.ToJsonString(JsonText.Indented), file);
    }

    private static IEnumerable<string> Arguments(VerbContext context, McpOptions options, string where)
    {
        yield return "mcp";
        yield return "serve";
        yield return where;
        foreach (var option in options.Given(context))
        {
            var values = context.Line.GetResult(option)!.Tokens;
            if (values.Count == 0)
            {
                yield return option.Name;
            }

            foreach (var value in values)
            {
                yield return option.Name;
                yield return option.Name == "--mount" ? Absolute(context, value.Value) : value.Value;
            }
        }
    }

    private static string Absolute(VerbContext context, string mount)
    {
        var cut = mount.IndexOf('=', StringComparison.Ordinal) + 1;
        return mount[cut..].StartsWith('~') ? mount : mount[..cut] + context.FullPath(mount[cut..]);
    }
}
