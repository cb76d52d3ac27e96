using System.Text.Json.Nodes;
using Capsule.Core.Schemas;

namespace Capsule.Families.Kits.Shapes;

/// <summary>A <c>capability.yml</c> (specs: kits 1.2).</summary>
internal static class KitShape
{
    public static TableShape Manifest { get; } = new("kit", "A Kit: workloads, and the paths where they can be called.",
    [
        new("version", TextShape.OneOf("1"), "The format of this file: '1', in quotes.") { Required = true },
        new("name", KitTexts.Id, "Name of the Kit. With its publisher it names the package.") { Required = true },
        new("license", TextShape.NotBlank with { Examples = ["Apache-2.0", "MIT"] }, "License of the Kit as an SPDX expression."),
        new("workloads", new MapShape(KitTexts.Id, WorkloadShape.Workload) { Least = 1 }, "The parts that run, by id. Code of a workload lies in `workloads/<id>/`.") { Required = true },
        new("expose", new ListShape(Expose), "Public paths of the Kit. What is not listed here can be called only by connected workloads."),
        new("options", new MapShape(KitTexts.Id, OptionShape.Option), "Typed inputs that a user may set for a run, by id."),
        new("dependencies", new MapShape(KitTexts.Id, DependencyShape.Dependency), "Other Kits whose paths this one imports, by id."),
        new("host_mounts", new MapShape(KitTexts.Id, MountShape.Mount), "Host folders that a user binds for a run, by id."),
        new("kit_secrets", new ListShape(SecretShape.KitSecret), "Secrets that the code of workloads may read, where `exposed_secrets` names them."),
        new("vault_secrets", new ListShape(SecretShape.VaultSecret), "Secrets that only Relays use; no code of the Kit ever sees them."),
        FieldShape.Removed("exports", "'expose' here, and 'import' with 'exposed_path' in the Kit that uses it"),
    ]);

    // Read while Manifest is made, so it cannot be a field that is set after it.
    private static TableShape Expose => new("expose", "A public path and the endpoints that answer below it.",
    [
        new("path", KitTexts.HttpPath, "Public path. The longest one that fits a request wins.") { Required = true },
        new("target", TextShape.Any, "Id of the workload that answers.") { Required = true },
        new("endpoints", new ListShape(KitTexts.EndpointReference) { Least = 1 }, "Endpoints of that workload: a protocol, or the path of an endpoint.") { Required = true },
        new("default_mcp", new ScalarShape("boolean"), "Marks the one MCP server that clients take when they name none.") { Default = JsonValue.Create(false) },
    ]);
}
