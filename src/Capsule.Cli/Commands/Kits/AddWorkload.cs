using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Cli.Templates;
using Capsule.Operations.Kits.Describing;
using Capsule.Operations.Kits.Workloads;

namespace Capsule.Cli.Commands.Kits;

/// <summary><c>kit workloads add</c>: a workload with the code that a new Kit begins with.</summary>
internal static class AddWorkload
{
    private const string TemplateFolder = "kit/workloads/app", TemplateName = "\"name\": \"app\"", TemplateKit = "starter-kit";

    public static Command Make(VerbDefiner define)
    {
        var id = new Argument<string>("ID") { Description = "Its id: lower-case letters, digits, - and _." };
        var endpoints = new Option<string[]>("--endpoint") { Description = "What it answers: mcp (without this option) or http. May be repeated.", HelpName = "PROTOCOL" };
        endpoints.AcceptOnlyFromAmong("mcp", "http");
        var expose = new Option<string?>("--expose") { Description = "The public path that leads to it; without it, only other workloads can call it.", HelpName = "PATH" };
        var kit = new Option<string>("--kit") { Description = "The Kit's folder; this one otherwise.", HelpName = "PATH", DefaultValueFactory = _ => "." };
        return define("add", "Adds a workload to a Kit: a folder with code that runs, and its entries in the manifest, of which nothing else changes.\n\nExample: capsule kit workloads add search --endpoint mcp --expose /search",
            [id, endpoints, expose, kit], (context, _) =>
            {
                var manifest = KitDescription.FindManifest(context.FullPath(context.Get(kit)));
                if (!manifest.Succeeded)
                {
                    return Task.FromResult(Answer.Failed(manifest.Diagnostics));
                }

                var name = context.Get(id);
                var workload = new NewWorkload(name, context.Get(endpoints) is { Length: > 0 } some ? [.. some.Distinct()] : ["mcp"], context.Get(expose), [.. Files(name)]);
                return Task.FromResult(Answer.From(WorkloadAddition.Add(manifest.Value, workload), after => Answer.Ok(
                    $"added {name}: {after.FileName} has it, and its code is in {workload.Folder}",
                    new JsonObject
                    {
                        ["id"] = name,
                        ["manifest"] = after.FileName,
                        ["folder"] = workload.Folder,
                        ["files"] = new JsonArray([.. workload.Files.Select(f => JsonValue.Create($"{workload.Folder}/{f.Path}"))]),
                    })));
            });
    }

    private static IEnumerable<(string Path, byte[] Content)> Files(string name) =>
        from resource in TemplateResources.Below(TemplateFolder)
        let text = resource.Text.Replace(TemplateName, $"\"name\": \"{name}\"", StringComparison.Ordinal).Replace(TemplateKit, name, StringComparison.Ordinal)
        select (resource.Path, Encoding.UTF8.GetBytes(text));
}
