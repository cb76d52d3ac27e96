using Capsule.Runtime.StandIns;
using Capsule.Runtime.Supervision;

namespace Capsule.Operations.Kits;

/// <summary>What Kits add to a run: the presence id of each instance, and its bridge (specs: kits 3.3, 3.8).</summary>
public sealed class KitHooks : IFamilyHooks
{
    public IReadOnlyList<PackageStandIn> StandIns { get; } = [WorkloadSdkPackage.StandIn];

    public IReadOnlyDictionary<string, string> Variables(ProcessInstance instance) =>
        new Dictionary<string, string> { ["CAPAKIT_PRESENCE_ID"] = instance.PresenceId };

    public async Task<IAsyncDisposable> ServeBridgeAsync(ProcessInstance instance, string socketPath, CancellationToken cancel) =>
        await KitBridge.StartAsync(instance, socketPath, cancel);
}
