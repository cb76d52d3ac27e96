using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Operations.Kits.Catalogs;

namespace Capsule.Cli.Commands.Registry;

/// <summary><c>registry search</c>.</summary>
internal static class CatalogSearch
{
    public static Command Make(VerbDefiner define, string program)
    {
        var call = new RegistryCall(program);
        var words = new Argument<string[]>("WORDS") { Description = "Words that all have to be in what a Kit says about itself; without any, every Kit.", Arity = ArgumentArity.ZeroOrMore };
        var tags = new Option<string[]>("--tag") { Description = "A tag that it has to have. May be repeated.", HelpName = "TAG" };
        return define("search", $"Finds Kits in a catalog, featured ones first.\n\nExample: {program} registry search --tag mcp image", [words, tags, call.Registry], async (context, cancel) =>
            Answer.From(await call.ReadAsync(context, cancel), catalog =>
            {
                var wanted = context.Get(tags) ?? [];
                var found = catalog.Entries.Where(e => wanted.All(t => e.Tags.Contains(t, StringComparer.OrdinalIgnoreCase)) && e.Says(context.Get(words) ?? [])).ToArray();
                if (found.Length == 0)
                {
                    context.Say($"nothing of that in {catalog.From}");
                }

                return Answer.Ok(found.Length == 0 ? null : string.Join('\n', found.Select(Text)), new JsonArray([.. found.Select(e => CatalogInfo.Json(e, call))]));
            }));
    }

    private static string Text(CatalogEntry entry) =>
        $"{entry.Name}{(entry.Featured ? " *" : "")}  {(entry.Description.Length > 0 ? entry.Description : entry.DisplayName)}{(entry.Tags.Count > 0 ? $"  [{string.Join(", ", entry.Tags)}]" : "")}";
}
