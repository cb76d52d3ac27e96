using Capsule.Core.Schemas;

namespace Capsule.Families.Kits.Shapes;

/// <summary>A workload in each of its three forms (specs: kits 1.3).</summary>
internal static class WorkloadShape
{
    public static readonly string[] Forms = ["runtime", "import", "variants"];

    public static TableShape Workload { get; } = new("workload", "A part of the Kit that runs: `runtime` for own code or Relays, `import` for a path of another Kit, or `variants`.",
    [
        new("runtime", RuntimeShape.Runtime, "How the workload runs: own code, Relays, or both."),
        new("import", Import, "A public path of a dependency, used as if it were a workload of this Kit."),
        new("variants", new MapShape(KitTexts.Id, Variant) { Least = 1 }, "Several runtimes behind one id. `default` is taken when none is chosen."),
        new("endpoints", new ListShape(EndpointShape.Endpoint), "What the workload answers inside the Kit."),
        new("connections", new ListShape(TextShape.Any) { IsSet = true }, "Ids of the workloads that this one may call. Without them it calls none."),
        new("mounts", new ListShape(new UnionShape(TextShape.Any, MountShape.Grant)), "Host mounts that the workload may use: an id, or a map with narrower access."),
        new("egress_allow", CommandShape.Hosts, "The only hosts for commands of this workload with `network: full`, unless one lists its own: names, `*.SUFFIX`, URLs, or `registry` for the package registry. A key of Capsule's own."),
        new("exposed_secrets", new ListShape(TextShape.Any) { IsSet = true }, "Keys of kit secrets that the code may read."),
    ])
    {
        Rules =
        [
            new() { RequiresOneOf = Forms },
            TableRule.With("runtime") with { Forbids = ["import", "variants"] },
            TableRule.With("import") with { Forbids = ["variants"] },
        ],
    };

    private static TableShape Variant => new("variant", "One runtime of a workload that has several.",
    [
        new("runtime", RuntimeShape.Runtime, "How this variant runs.") { Required = true },
    ]);

    private static TableShape Import => new("import", "A public path of a dependency.",
    [
        new("dependency", TextShape.Any, "Id of the dependency.") { Required = true },
        new("exposed_path", KitTexts.HttpPath, "A path that the other Kit exposes.") { Required = true },
        FieldShape.Removed("export", "'exposed_path' with the public path, for example exposed_path: /oaic"),
    ]);
}
