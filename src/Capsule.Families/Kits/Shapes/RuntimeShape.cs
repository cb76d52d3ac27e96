using Capsule.Core.Schemas;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Shapes;

/// <summary>Own code, Relays and capabilities of a runtime (specs: kits 1.3, 1.9).</summary>
internal static class RuntimeShape
{
    public static TableShape Runtime { get; } = new("runtime", "Own code, Relays, or both.",
    [
        new("source", Source, "Own code in `workloads/<id>/` and the commands of its life."),
        new("attachments", Attachments, "What the runner puts beside the workload."),
        new("capabilities", Capabilities, "Hardware that the workload asks for."),
    ])
    {
        Rules = [new() { RequiresOneOf = ["source", "attachments"] }],
    };

    private static TableShape Source => new("source", "Own code and its commands.",
    [
        new(
            "toolchain",
            TextShape.OneOf(
                new Choice("bun", "JavaScript and TypeScript with Bun."),
                new Choice("node", "JavaScript with Node.js; `prepare` has Bun, which installs packages."),
                new Choice("deno", "JavaScript and TypeScript with Deno."),
                new Choice("python", "Python, of this machine."),
                new Choice("dotnet", "C# and other languages of .NET, with the SDK of this machine.")),
            "The program that the commands find first. The reference system knows `bun` alone.") { Required = true },
        new("prepare", CommandShape.Command, "Runs once before the Kit starts, with network `full` unless it says otherwise; installs packages, builds."),
        new("hydrate", CommandShape.Command, "Runs for each instance before it gets requests, with network `full` unless it says otherwise; fetches models."),
        new("start", CommandShape.Command, "The main process, with network `none` unless it says otherwise.") { Required = true },
    ]);

    private static TableShape Attachments => new("attachments", "What the runner puts beside the workload.",
    [
        new("relays", new ListShape(RelayShape), "Relays: each forwards calls to one provider and adds the key, which the code never sees."),
    ]);

    private static TableShape RelayShape => new("relay", "Forwards calls to one provider and adds the key.",
    [
        new("kind", TextShape.OneOf(Relay.Protocols.Select(r => new Choice(r.Key, $"Its endpoint has the protocol {r.Value}."))), "The provider.") { Required = true },
        new("endpoint", EndpointShape.Endpoint, "Where workloads call the Relay.") { Required = true },
        new("api_key_secret", TextShape.Any, "Key of a vault secret.") { Required = true },
    ]);

    private static TableShape Capabilities => new("capabilities", "Hardware that the workload asks for.",
    [
        new("gpu", new UnionShape(TextShape.OneOf(new Choice("metal", "Graphics access through Metal; none is given on Linux.")), FromOption), "Graphics access, or the option that decides about it."),
    ]);

    private static TableShape FromOption => new("gpu_option", "The option that decides: an enum of none and metal.",
    [
        new("from_option", TextShape.Any, "Id of an option.") { Required = true },
    ]);
}
