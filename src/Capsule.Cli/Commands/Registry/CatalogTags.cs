using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Operations.Kits.Catalogs;

namespace Capsule.Cli.Commands.Registry;

/// <summary><c>registry tags</c>.</summary>
internal static class CatalogTags
{
    private const string Others = "Others";

    public static Command Make(VerbDefiner define, string program)
    {
        var call = new RegistryCall(program);
        return define("tags", $"Lists the tags of a catalog, and how many Kits have each.\n\nExample: {program} registry tags", [call.Registry], async (context, cancel) =>
            Answer.From(await call.ReadAsync(context, cancel), catalog => Answer.Ok(string.Join('\n', Groups(catalog).Select(g => Text(catalog, g))), new JsonArray([.. Groups(catalog).Select(g => Json(catalog, g))]))));
    }

    /// <summary>Those of the catalog, and one for tags that are in no group of it.</summary>
    private static IEnumerable<TagGroup> Groups(KitCatalog catalog)
    {
        string[] others = [.. catalog.Entries.SelectMany(e => e.Tags).Except(catalog.Groups.SelectMany(g => g.Tags), StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return others.Length == 0 ? catalog.Groups : catalog.Groups.Append(new TagGroup(Others, "", others));
    }

    private static string Text(KitCatalog catalog, TagGroup group) =>
        $"{group.Name}{(group.Description.Length > 0 ? ": " + group.Description : "")}\n" + string.Join('\n', group.Tags.Select(t => string.Create(CultureInfo.InvariantCulture, $"  {t}  {Count(catalog, t)}")));

    private static JsonObject Json(KitCatalog catalog, TagGroup group) => new()
    {
        ["group"] = group.Name,
        ["description"] = group.Description,
        ["tags"] = new JsonArray([.. group.Tags.Select(t => new JsonObject { ["tag"] = t, ["kits"] = Count(catalog, t) })]),
    };

    private static int Count(KitCatalog catalog, string tag) => catalog.Entries.Count(e => e.Tags.Contains(tag, StringComparer.Ordinal));
}
