using System.Net;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Capsule.Runtime.Network;

/// <summary>The runner as a client of one listener of a workload: a pool of connections, streaming both ways, upgrades included.</summary>
internal sealed class WorkloadClient(IHttpForwarder forwarder, Dial dial) : IDisposable
{
    // Workload servers close idle connections on their own (bun after 5 s); ours must be gone well before.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    // A model may think for long between two chunks; a dead workload is noticed by its closed socket, not by silence.
    private static readonly ForwarderRequestConfig Patient = new()
    {
        ActivityTimeout = TimeSpan.FromMinutes(30),
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        ConnectCallback = (_, cancel) => dial(cancel),
        PooledConnectionIdleTimeout = Idle,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
    });

    /// <summary>Carries one request there and its answer back; null when that went well, or the caller is gone.</summary>
    /// <param name="context">The request.</param>
    /// <param name="transformer">What becomes of its target and headers.</param>
    /// <param name="milliseconds">How long it may take; null for as long as something moves.</param>
    public async Task<WorkloadFailure?> SendAsync(HttpContext context, HttpTransformer transformer, int? milliseconds)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (milliseconds is { } most)
        {
            end.CancelAfter(most);
        }

        var error = await forwarder.SendAsync(context, "http://workload.localhost", _client, Patient, transformer, end.Token);
        if (error is ForwarderError.None || context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }

        var cause = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        return new WorkloadFailure(
            end.IsCancellationRequested || error is ForwarderError.RequestTimedOut ? WorkloadFailureKind.TooSlow
                : cause is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } ? WorkloadFailureKind.NotReached
                : WorkloadFailureKind.NoAnswer,
            (cause?.GetBaseException().Message ?? error.ToString()).TrimEnd('.'));
    }

    public void Dispose() => _client.Dispose();
}
