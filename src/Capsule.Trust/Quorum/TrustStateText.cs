using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Core.Identity;
using Capsule.Core.Text;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Quorum.Rotation;

namespace Capsule.Trust.Quorum;

/// <summary>The machine state as JSON in canonical form; a file in any other shape is damaged.</summary>
internal static class TrustStateText
{
    private const string Schema = "capsule-trust-state/1";

    public static byte[] Write(TrustState state)
    {
        var policies = new JsonObject();
        foreach (var (path, version) in state.PolicyVersions)
        {
            policies[path] = version;
        }

        var packages = new JsonObject();
        foreach (var (name, memory) in state.Packages)
        {
            packages[name] = new JsonObject
            {
                ["highest"] = memory.Highest.Text,
                ["identities"] = new JsonObject(memory.Identities.Select(i => KeyValuePair.Create(i.Key, (JsonNode?)i.Value))),
                ["pins"] = new JsonArray([.. memory.Pins.Select(k => (JsonNode)k.SpkiBase64)]),
            };
        }

        var root = new JsonObject { ["schema"] = Schema, ["policies"] = policies, ["packages"] = packages };
        if (state.Roots.Count > 0)
        {
            root["roots"] = new JsonObject(state.Roots.Select(r => KeyValuePair.Create(r.Key, (JsonNode?)PolicyRootText.Write(r.Value))));
        }

        return [.. Jcs.Canonicalize(root), (byte)'\n'];
    }

    /// <summary>Throws <see cref="FormatException"/> with the reason when the bytes are anything else.</summary>
    public static TrustState Read(ReadOnlyMemory<byte> bytes)
    {
        var root = StrictJson.Parse(bytes);
        StrictJson.Demand(root, "the file", ["schema", "policies", "packages"], "roots");
        if (StrictJson.Text(root, "schema") != Schema)
        {
            throw new FormatException($"its schema is not {Schema}");
        }

        return new TrustState
        {
            PolicyVersions = Members(root, "policies").ToDictionary(
                m => m.Name, m => m.Value.TryGetInt64Strict() ?? throw new FormatException("a policy version is not a number"), StringComparer.Ordinal),
            Roots = !root.TryGetProperty("roots", out _) ? new Dictionary<string, PolicyRoot>()
                : Members(root, "roots").ToDictionary(m => m.Name, m => PolicyRootText.Read(m.Value), StringComparer.Ordinal),
            Packages = Members(root, "packages").ToDictionary(m => m.Name, m => ReadMemory(m.Value), StringComparer.Ordinal),
        };
    }

    private static PackageMemory ReadMemory(JsonElement element)
    {
        StrictJson.Demand(element, "a package", ["highest", "identities", "pins"]);
        var identities = element.GetProperty("identities");
        var pins = element.GetProperty("pins");
        if (pins.ValueKind != JsonValueKind.Array || !PackageVersion.TryParse(StrictJson.Text(element, "highest"), out var highest))
        {
            throw new FormatException("a package has no list of pins or no version");
        }

        return new PackageMemory(
            highest,
            Members(element, "identities").ToDictionary(m => m.Name, m => ReadIdentity(identities, m.Name), StringComparer.Ordinal),
            [.. pins.EnumerateArray().Select(ReadPin)]);
    }

    private static string ReadIdentity(JsonElement identities, string version) =>
        StrictJson.Text(identities, version) is { } identity && TreeIdentity.Digest(identity).Succeeded
            ? identity
            : throw new FormatException("an identity is malformed");

    private static PublicKey ReadPin(JsonElement pin) =>
        pin.ValueKind == JsonValueKind.String && CanonicalBase64.Decode(pin.GetString()!) is { } spki && PublicKey.FromSpki(spki) is { } key
            ? key
            : throw new FormatException("a pin is not a key");

    private static IEnumerable<JsonProperty> Members(JsonElement parent, string name) =>
        parent.GetProperty(name) is { ValueKind: JsonValueKind.Object } members
            ? members.EnumerateObject()
            : throw new FormatException($"'{name}' is not an object");

    private static long? TryGetInt64Strict(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) ? number : null;
}
