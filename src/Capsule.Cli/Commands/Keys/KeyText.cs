using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Commands.Keys;

/// <summary>A key in one line for people, and for programs.</summary>
internal static class KeyText
{
    public static string Line(string id, KnownKey key) => $"{id}  {key.Purpose.Name()}  {key.Key.Algorithm.Name}  {key.Key.Fingerprint}";

    public static JsonObject Describe(string id, KnownKey key) => new()
    {
        ["id"] = id,
        ["purpose"] = key.Purpose.Name(),
        ["algorithm"] = key.Key.Algorithm.Name,
        ["fingerprint"] = key.Key.Fingerprint,
        ["spki"] = key.Key.SpkiBase64,
    };

    public static Answer Tell(string id, KnownKey key) => Answer.Ok(Line(id, key), Describe(id, key));
}
