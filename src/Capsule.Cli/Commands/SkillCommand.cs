using System.CommandLine;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Operations.Kits.Skills;
using Capsule.Runtime.Mcp;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule kit skill FILE -- TOOL …</c>: what the program of a skill calls.</summary>
internal static class SkillCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "The skill's .NAME.conf." };
        var words = new Argument<string[]>("WORDS") { Description = "Behind --: the tool and its arguments, or --help.", Arity = ArgumentArity.ZeroOrMore };
        return Verb.Define("skill", "Calls a tool of a Kit that runs; the program of its skill does this.\n\nExample: capsule kit skill ~/.codex/skills/hello/.hello.conf -- greet name=Ada", [file, words], async (context, cancel) =>
        {
            var call = SkillCall.Read(context.Get(words) ?? []);
            var configuration = SkillConfiguration.Load(context.FullPath(context.Get(file)));
            if (!call.Succeeded || !configuration.Succeeded)
            {
                return Answer.Failed([.. call.Diagnostics, .. configuration.Diagnostics]);
            }

            // The port of a Kit that has ended may be another program's by now.
            var run = RunList.Find(context.Home, configuration.Value.Run);
            if (run is not { Succeeded: true, Value.IsAlive: true } || run.Value.Record.Address?.Authority != configuration.Value.Address.Authority)
            {
                return Answer.Failed(SkillDiagnostics.KitEnded.Now(run.Succeeded ? $"run {configuration.Value.Run} is over" : $"there is no run {configuration.Value.Run}"));
            }

            return await AskAsync(configuration.Value, call.Value, cancel);
        });
    }

    private static async Task<Answer> AskAsync(SkillConfiguration skill, SkillCall call, CancellationToken cancel)
    {
        var client = await McpToolClient.ConnectAsync(skill.Address, null, cancel);
        if (!client.Succeeded)
        {
            return Answer.Failed(client.Diagnostics);
        }

        await using var open = client.Value;
        var tools = await open.ListAsync(cancel);
        if (!tools.Succeeded)
        {
            return Answer.Failed(tools.Diagnostics);
        }

        if (call.Tool is null)
        {
            return Answer.Ok(SkillHelp.Of(skill.Skill, tools.Value));
        }

        if (tools.Value.FirstOrDefault(t => t.Name == call.Tool) is not { } tool)
        {
            return Answer.Failed(SkillDiagnostics.NoSuchTool.Now(call.Tool, string.Join(", ", tools.Value.Select(t => t.Name))));
        }

        if (call.Help)
        {
            return Answer.Ok(SkillHelp.Of(tool));
        }

        var arguments = call.Arguments(SkillHelp.Schema(tool), call.ReadsInput ? await Console.In.ReadToEndAsync(cancel) : null);
        var result = arguments.Succeeded ? await open.CallAsync(tool.Name, arguments.Value, cancel) : Result.Failed<McpToolResult>(arguments.Diagnostics);
        return !result.Succeeded ? Answer.Failed(result.Diagnostics)
            : result.Value.IsError ? Answer.Failed(SkillDiagnostics.ToolFailed.Now(tool.Name, result.Value.Text)) with { Data = result.Value.Json }
            : Answer.Ok(result.Value.Text, result.Value.Json);
    }
}
