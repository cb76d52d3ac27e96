using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Text;
using Capsule.Operations.Kits.Catalogs;

namespace Capsule.Cli.Commands.Registry;

/// <summary><c>registry info NAME</c>.</summary>
internal static class CatalogInfo
{
    public static Command Make(VerbDefiner define, string program)
    {
        var call = new RegistryCall(program);
        var name = new Argument<string>("NAME") { Description = "The Kit's name, as 'search' prints it." };
        return define("info", $"Says what a Kit of a catalog does, where it is, and how to run it.\n\nExample: {program} registry info hello-world", [name, call.Registry], async (context, cancel) =>
            Answer.From(await call.ReadAsync(context, cancel), catalog =>
                catalog.Entries.FirstOrDefault(e => e.Name == context.Get(name)) is { } entry
                    ? Answer.Ok(Text(entry, call), Json(entry, call))
                    : Answer.Failed(CatalogDiagnostics.NoSuchKit.Now(context.Get(name), Closest(context.Get(name), catalog)))));
    }

    /// <summary>A Kit of a catalog for programs.</summary>
    public static JsonObject Json(CatalogEntry entry, RegistryCall call) => new()
    {
        ["name"] = entry.Name,
        ["displayName"] = entry.DisplayName,
        ["description"] = entry.Description,
        ["whatItDoes"] = Array(entry.WhatItDoes),
        ["repository"] = entry.Repository.ToString(),
        ["technologies"] = Array(entry.Technologies),
        ["tags"] = Array(entry.Tags),
        ["featured"] = entry.Featured,
        ["skill"] = entry.IsSkill,
        ["run"] = call.Run(entry),
    };

    private static string Text(CatalogEntry entry, RegistryCall call)
    {
        var text = new StringBuilder();
        text.Append(entry.Name).Append(entry.DisplayName == entry.Name ? "" : ": " + entry.DisplayName).Append('\n');
        text.Append(entry.Description.Length > 0 ? entry.Description + "\n" : "");
        foreach (var does in entry.WhatItDoes)
        {
            text.Append("  - ").Append(does).Append('\n');
        }

        Line(text, "repository", entry.Repository.ToString());
        Line(text, "technologies", string.Join(", ", entry.Technologies));
        Line(text, "tags", string.Join(", ", entry.Tags));
        Line(text, "run", call.Run(entry));
        Line(text, "as a skill", entry.IsSkill ? call.Run(entry) + " --global-skill codex" : "");
        return text.ToString().TrimEnd();
    }

    private static void Line(StringBuilder text, string title, string value) => text.Append(value.Length == 0 ? "" : $"{title}: {value}\n");

    private static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode)t)];

    private static string Closest(string name, KitCatalog catalog) => Spelling.Closest(name, catalog.Entries.Select(e => e.Name)) is { } near ? $"Did you mean '{near}'?" : "";
}
