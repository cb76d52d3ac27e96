using Capsule.Core.Plans;
using Capsule.Core.Schemas;

namespace Capsule.Families.Kits.Shapes;

/// <summary>A lifecycle command (specs: kits 1.3).</summary>
internal static class CommandShape
{
    public static readonly OrderedDictionary<string, NetworkMode> Networks = new(StringComparer.Ordinal)
    {
        ["none"] = NetworkMode.None,
        ["loopback"] = NetworkMode.Loopback,
        ["full"] = NetworkMode.Full,
    };

    public static TableShape Command { get; } = new("command", "A shell line with its variables and its network.",
    [
        new("command", TextShape.NotBlank with { Examples = ["bun install --frozen-lockfile", "bun run src/index.ts"] }, "Shell line; runs in the folder of the workload.") { Required = true },
        new("env", new MapShape(KitTexts.Variable, ScalarShape.Any), "Variables with fixed values. A number reaches the command as it is written."),
        new("env_from_options", new MapShape(KitTexts.Variable, TextShape.Any), "Variables that take the value of an option: the variable's name, then the option's id."),
        new("network", TextShape.OneOf(Networks.Keys.Select(n => new Choice(n, Describe(n)))), "What the command may reach."),
        new("egress_allow", Hosts, "The only hosts that `network: full` means for this command. A key of Capsule's own; the reference system does not know it."),
        FieldShape.Removed("allow_network", "network: full"),
    ]);

    public static ListShape Hosts => new(EgressHost.Shape) { Least = 1 };

    private static string Describe(string network) => network switch
    {
        "none" => "No network; other workloads are reached through sockets.",
        "loopback" => "Only its own loopback interface.",
        _ => "The internet through the runner's proxy, without private networks.",
    };
}
