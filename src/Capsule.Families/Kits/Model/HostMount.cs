using Capsule.Core.Plans;
using Capsule.Core.Text;

namespace Capsule.Families.Kits.Model;

/// <summary>A host folder that a user binds for a run.</summary>
public sealed record HostMount(Field<string> Id, Field<string> Usage, MountAccess Access);

/// <summary>A workload's share in a mount; without access of its own it has the mount's.</summary>
public sealed record MountGrant(Field<string> Mount, Field<MountAccess>? Access);
