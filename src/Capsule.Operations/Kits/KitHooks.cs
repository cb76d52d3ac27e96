using System.Text.Json.Nodes;
using Capsule.Operations.Kits.Framing;
using Capsule.Runtime.Network;
using Capsule.Runtime.StandIns;
using Capsule.Runtime.Supervision;
using Microsoft.AspNetCore.Http;

namespace Capsule.Operations.Kits;

/// <summary>What Kits add to a run: the presence id of each instance, its bridge, and what SDKs of other times need (specs: kits 3.2, 3.3, 3.8).</summary>
public sealed class KitHooks : IFamilyHooks
{
    private const string Connected = "CAPAKIT_CONNECTED_WORKLOADS";

    public IReadOnlyList<PackageStandIn> StandIns { get; } = [WorkloadSdkPackage.StandIn];

    public IReadOnlyDictionary<string, string> Variables(ProcessInstance instance)
    {
        var variables = new Dictionary<string, string> { ["CAPAKIT_PRESENCE_ID"] = instance.PresenceId };
        var version = WorkloadSdkVersion.Find(instance.Folders);
        if ((WorkloadSdkVersion.IsFramed(version) || WorkloadSdkVersion.IsTooOld(version)) && instance.Process.Env.TryGetValue(Connected, out var connected))
        {
            variables[Connected] = WithoutHttp(connected);
        }

        return variables;
    }

    public async Task<IAsyncDisposable> ServeBridgeAsync(ProcessInstance instance, string socketPath, CancellationToken cancel) =>
        await KitBridge.StartAsync(instance, socketPath, cancel);

    public async Task<IAsyncDisposable?> ServeListenerAsync(ProcessInstance instance, Dial workload, string socketPath, CancellationToken cancel)
    {
        var version = WorkloadSdkVersion.Find(instance.Folders);
        if (WorkloadSdkVersion.IsTooOld(version))
        {
            var problem = FramingDiagnostics.TooOld.Now(instance.Cell.Id, version);
            instance.Log($"{problem.Code}: {problem.Message} {problem.Hint}", LogLevel.Warn);
        }

        return WorkloadSdkVersion.IsFramed(version) ? await FramedIngress.StartAsync(workload, socketPath, cancel) : null;
    }

    public RequestDelegate AroundPeers(RequestDelegate next) => FramedCalls.Around(next);

    /// <summary>Those SDKs know three protocols and throw at a fourth (specs: kits 3.4).</summary>
    private static string WithoutHttp(string connected) =>
        new JsonArray([.. JsonNode.Parse(connected)!.AsArray().Where(c => (string?)c!["protocol"] != "http").Select(c => c!.DeepClone())]).ToJsonString();
}
