using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;

namespace Capsule.Operations.Kits.Storage;

/// <summary>What this machine keeps for a Kit of the user's own, whatever its folder: Kits of the same name share it.</summary>
public static class KitStorage
{
    /// <param name="home">Where it lies.</param>
    /// <param name="kit">The Kit's name.</param>
    /// <param name="state">True for the homes of its workloads, too.</param>
    /// <param name="cancel">Ends it between two folders.</param>
    public static CleanedKit Clean(CapsuleHome home, string kit, bool state, CancellationToken cancel)
    {
        var all = KeptFolders.Remove(home, new PackageReference(FamilyNames.Kit, null, kit, null), state, cancel);
        return new CleanedKit([.. all.Where(u => !u.InUse)], [.. all.Where(u => u.InUse)]);
    }
}

/// <summary>What became of it.</summary>
/// <param name="Removed">As it was.</param>
/// <param name="InUse">What a run holds, and is still there.</param>
public sealed record CleanedKit(IReadOnlyList<DiskUse> Removed, IReadOnlyList<DiskUse> InUse)
{
    /// <summary>One for each that is in use (CAP5581).</summary>
    public IReadOnlyList<Diagnostic> Problems { get; } = [.. InUse.Select(u => KitToolDiagnostics.InUse.Now($"'{u.Owner!.Value.Workload}' ({u.Kind})"))];
}
