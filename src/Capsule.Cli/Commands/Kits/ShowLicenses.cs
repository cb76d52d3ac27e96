using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Licenses;
using Capsule.Cli.Shell;

namespace Capsule.Cli.Commands.Kits;

/// <summary><c>licenses</c>: what this program is made of, and under which licences.</summary>
internal static class ShowLicenses
{
    public static Command Make(VerbDefiner define)
    {
        var text = new Option<bool>("--text") { Description = "Print the licences themselves too." };
        return define("licenses", "Lists what this program is made of, with versions and licences.\n\nExample: capsule kit licenses --text", [text], (context, _) =>
        {
            var all = ShippedComponent.All;
            IEnumerable<string> lines = [.. all.Select(c => $"{c.Name} {c.Version ?? "-"}  {c.License}  {c.Copyright}")];
            var texts = all.Select(c => c.License).Distinct().Order(StringComparer.Ordinal).ToDictionary(l => l, ShippedComponent.TextOf);
            if (context.Get(text))
            {
                lines = lines.Concat(texts.SelectMany(t => new[] { "", t.Key, "", t.Value }));
            }

            var list = new JsonArray([.. all.Select(c => new JsonObject { ["name"] = c.Name, ["version"] = c.Version, ["license"] = c.License, ["copyright"] = c.Copyright })]);
            return Task.FromResult(Answer.Ok(
                string.Join('\n', lines),
                new JsonObject
                {
                    ["components"] = list,
                    ["texts"] = context.Get(text) ? new JsonObject(texts.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))) : null,
                }));
        });
    }
}
