using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Quorum.Counting;

namespace Capsule.Trust.Quorum.Rotation;

/// <summary>A remembered root as JSON in the machine's state.</summary>
internal static class PolicyRootText
{
    public static JsonObject Write(PolicyRoot root) => new()
    {
        ["version"] = root.Version,
        ["digest"] = root.Digest,
        ["quorums"] = new JsonArray([.. root.Quorums.Select(q => new JsonObject
        {
            ["scope"] = q.Scope,
            ["threshold"] = q.Threshold,
            ["members"] = new JsonArray([.. q.Members.Select(m => new JsonObject
            {
                ["name"] = m.Name,
                ["all"] = m.RequireAllKeys,
                ["keys"] = new JsonArray([.. m.Keys.Select(k => new JsonObject
                {
                    ["spki"] = Convert.ToBase64String(k.Key.Bytes),
                    ["standing"] = k.Standing.ToString(),
                })]),
            })]),
        })]),
    };

    /// <summary>Throws <see cref="FormatException"/> for anything else.</summary>
    public static PolicyRoot Read(JsonElement element)
    {
        StrictJson.Demand(element, "a root", ["version", "digest", "quorums"]);
        return element.GetProperty("version").TryGetInt64(out var version)
            ? new PolicyRoot(version, StrictJson.Text(element, "digest"), [.. Items(element, "quorums").Select(ReadQuorum)])
            : throw new FormatException("a root has no version");
    }

    private static RootQuorum ReadQuorum(JsonElement element)
    {
        StrictJson.Demand(element, "a root quorum", ["scope", "threshold", "members"]);
        return element.GetProperty("threshold") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var threshold) && threshold >= 1
            ? new RootQuorum(StrictJson.Text(element, "scope"), threshold, [.. Items(element, "members").Select(ReadMember)])
            : throw new FormatException("a root quorum has no threshold");
    }

    private static QuorumMember ReadMember(JsonElement element)
    {
        StrictJson.Demand(element, "a root member", ["name", "all", "keys"]);
        var all = element.GetProperty("all").ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw new FormatException("a root member is malformed"),
        };
        return new QuorumMember(StrictJson.Text(element, "name"), [RootQuorum.Role], [.. Items(element, "keys").Select(ReadKey)], all);
    }

    private static QuorumKey ReadKey(JsonElement element)
    {
        StrictJson.Demand(element, "a root key", ["spki", "standing"]);
        return CanonicalBase64.Decode(StrictJson.Text(element, "spki")) is { Length: > 0 } spki
            && Enum.TryParse<KeyStanding>(StrictJson.Text(element, "standing"), out var standing) && Enum.IsDefined(standing)
            ? new QuorumKey(new KeyBytes(spki), standing)
            : throw new FormatException("a root key is malformed");
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        parent.GetProperty(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : throw new FormatException($"'{name}' is not a list");
}
