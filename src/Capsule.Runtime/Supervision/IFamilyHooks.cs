using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Secrets;
using Capsule.Runtime.StandIns;
using Microsoft.AspNetCore.Http;

namespace Capsule.Runtime.Supervision;

/// <summary>What a family adds to a run of its packages; the runtime itself knows plans only.</summary>
public interface IFamilyHooks
{
    /// <summary>Packages that take the place of those that a registry does not have.</summary>
    IReadOnlyList<PackageStandIn> StandIns { get; }

    /// <summary>Variables that exist only once an instance does.</summary>
    IReadOnlyDictionary<string, string> Variables(ProcessInstance instance);

    /// <summary>Serves <see cref="ProcessPlan.Bridge"/> of an instance on a unix socket; disposing ends it.</summary>
    /// <param name="instance">Whom the socket belongs to; the socket itself is the caller's identity.</param>
    /// <param name="socketPath">Where to listen, on the host.</param>
    /// <param name="cancel">Ends the attempt to start.</param>
    Task<IAsyncDisposable> ServeBridgeAsync(ProcessInstance instance, string socketPath, CancellationToken cancel);

    /// <summary>Serves plain HTTP in front of a workload that speaks another form of it; null for one that does not.</summary>
    /// <param name="instance">Whose requests.</param>
    /// <param name="workload">The way to the socket that it made.</param>
    /// <param name="socketPath">Where to listen, on the host.</param>
    /// <param name="cancel">Ends the attempt to start.</param>
    Task<IAsyncDisposable?> ServeListenerAsync(ProcessInstance instance, Dial workload, string socketPath, CancellationToken cancel);

    /// <summary>Reads the form in which a workload of the family may call others, and hands on what it means.</summary>
    RequestDelegate AroundPeers(RequestDelegate next);
}

/// <summary>One start of one process; another start makes another of it.</summary>
public sealed class ProcessInstance
{
    private volatile TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile TaskCompletionSource _sealed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required LaunchPlan Launch { get; init; }

    public required CellPlan Cell { get; init; }

    public required ProcessPlan Process { get; init; }

    /// <summary>The private copies of the package's folders, on this machine. What lies there was written by the package.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Unique to this start, and shared by the hydration before it; 32 hex digits.</summary>
    public string PresenceId { get; internal set; } = Guid.NewGuid().ToString("N");

    /// <summary>Adds a line to the run's log.</summary>
    public required Action<string, LogLevel> Log { get; init; }

    /// <summary>Those of the run.</summary>
    internal RunSecrets Secrets { get; init; } = RunSecrets.None;

    /// <summary>Completes when the family says that the process is ready.</summary>
    internal Task Ready => _ready.Task;

    public void ReportReady() => _ready.TrySetResult();

    /// <summary>
    /// The value of a secret that the plan delivers over the bridge of this process; null for any other. It waits until the sandbox
    /// of the process has said what is sealed, and was believed (specs: sandbox 2).
    /// </summary>
    /// <param name="name">As the process calls it.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<string?> FindSecretAsync(string name, CancellationToken cancel)
    {
        await _sealed.Task.WaitAsync(cancel);
        return Process.Secrets.FirstOrDefault(s => s.IsCalled(name) && s.Delivery is SecretDelivery.Bridge) is { } secret ? Secrets.Find(secret.Id) : null;
    }

    /// <summary>The process runs, behind walls that were checked.</summary>
    internal void ReportSealed() => _sealed.TrySetResult();

    /// <summary>The process will be started again.</summary>
    internal void Renew()
    {
        PresenceId = Guid.NewGuid().ToString("N");
        _sealed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
