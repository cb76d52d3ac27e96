using System.Text.Json.Nodes;
using Capsule.Core.Plans;
using Capsule.Core.Schemas;

namespace Capsule.Families.Kits.Shapes;

/// <summary>Host mounts and the shares that workloads have in them (specs: kits 1.3, 1.7).</summary>
internal static class MountShape
{
    public static readonly OrderedDictionary<string, MountAccess> Accesses = new(StringComparer.Ordinal)
    {
        ["read_only"] = MountAccess.ReadOnly,
        ["read_write"] = MountAccess.ReadWrite,
    };

    public static TableShape Mount { get; } = new("mount", "A host folder that a user binds for a run.",
    [
        new("usage", TextShape.NotBlank, "What the folder is for; shown to users.") { Required = true },
        new("access", Access, "The most that any workload may do there.") { Default = JsonValue.Create("read_only") },
    ]);

    public static TableShape Grant { get; } = new("mount_grant", "A workload's share in a mount.",
    [
        new("mount_mid", TextShape.Any, "Id of the mount."),
        new("mount_key", TextShape.Any, "Another name for `mount_mid`."),
        new("access", Access, "What the workload may do there; never more than the mount allows."),
    ])
    {
        Rules = [new() { RequiresOneOf = ["mount_mid", "mount_key"] }, TableRule.With("mount_mid") with { Forbids = ["mount_key"] }],
    };

    private static TextShape Access => TextShape.OneOf(new Choice("read_only", "Read only."), new Choice("read_write", "Read and write."));
}
