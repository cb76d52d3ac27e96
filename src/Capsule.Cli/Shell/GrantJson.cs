using System.Text.Json.Nodes;
using Capsule.Core.Plans;

namespace Capsule.Cli.Shell;

/// <summary>What a run was given, as <c>run</c>, <c>ps</c> and <c>plan</c> print it with --json.</summary>
internal static class GrantJson
{
    public static JsonObject Of(Grants grants)
    {
        var json = new JsonObject
        {
            ["mounts"] = new JsonObject(grants.Mounts.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))),
            ["gpu"] = grants.Gpu,
            ["hostNetwork"] = grants.HostNetwork,
            ["port"] = grants.Port,
        };

        // Only some packages use any; these are ids, never values.
        if (grants.Secrets is { } secrets)
        {
            json["secrets"] = new JsonArray([.. secrets.Keys.Order(StringComparer.Ordinal).Select(s => (JsonNode?)s)]);
        }

        return json;
    }
}
