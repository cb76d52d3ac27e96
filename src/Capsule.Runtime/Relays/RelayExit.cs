using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Supervision;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Capsule.Runtime.Relays;

/// <summary>One exit: carries calls to its host and the answers back, streaming both ways, upgrades included.</summary>
internal sealed class RelayExit(IHttpForwarder forwarder, RelayPlan relay, RelayAddress address, Func<string> secret, RunLog log) : IDisposable
{
    private const int LongestShown = 200;
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(20);

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        ConnectCallback = (context, cancel) => address.DialAsync(context.DnsEndPoint, cancel),
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = address.Certificates },
        ConnectTimeout = Connecting,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
    });

    private readonly ForwarderRequestConfig _config = new()
    {
        ActivityTimeout = address.Silence,
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    public RelayPlan Plan => relay;

    public async Task CarryAsync(HttpContext context)
    {
        var clock = Stopwatch.StartNew();
        var (status, problem) = await TryAsync(context);
        if (problem is not null && !context.RequestAborted.IsCancellationRequested)
        {
            await JsonAnswer.WriteAsync(context, status, problem);
        }

        var path = EgressDecision.Printable(context.Request.Path.Value ?? "");
        var shown = path.Length <= LongestShown ? path : path[..LongestShown] + "…";
        var end = context.RequestAborted.IsCancellationRequested ? "the caller is gone" : status.ToString(CultureInfo.InvariantCulture);
        log.Add(new LogLine(
            DateTimeOffset.UtcNow, relay.Id, "runner", problem is null ? LogLevel.Info : LogLevel.Warn,
            string.Create(CultureInfo.InvariantCulture, $"{relay.Kind}: {EgressDecision.Printable(context.Request.Method)} {shown}: {end}, {clock.ElapsedMilliseconds} ms{(problem is null ? "" : $"; {problem.Code}: {problem.Message}")}")));
    }

    public void Dispose() => _client.Dispose();

    private async Task<(int Status, Diagnostic? Problem)> TryAsync(HttpContext context)
    {
        // A server echoes a TRACE with all its headers; CONNECT asks for another host.
        if (HttpMethods.IsTrace(context.Request.Method) || HttpMethods.IsConnect(context.Request.Method))
        {
            return (StatusCodes.Status405MethodNotAllowed, RelayDiagnostics.BadMethod.Now(context.Request.Method));
        }

        if (!RelayTarget.TryRead(context.Request, relay, out var target, out var wrong))
        {
            return (StatusCodes.Status400BadRequest, RelayDiagnostics.BadRequest.Now(wrong));
        }

        var transformer = new RelayTransformer(relay, address, target, secret());
        var error = await forwarder.SendAsync(context, address.Base.GetLeftPart(UriPartial.Authority), _client, _config, transformer, context.RequestAborted);
        if (transformer.Redirect is { } redirect)
        {
            return (StatusCodes.Status502BadGateway, RelayDiagnostics.Redirected.Now(relay.Host, (int)redirect));
        }

        if (error is ForwarderError.None)
        {
            return (context.Response.StatusCode, null);
        }

        var cause = context.Features.Get<IForwarderErrorFeature>()?.Exception?.GetBaseException();
        return error is ForwarderError.RequestTimedOut || cause is TimeoutException
            ? (StatusCodes.Status504GatewayTimeout, RelayDiagnostics.TooSlow.Now(relay.Host))
            : (StatusCodes.Status502BadGateway, RelayDiagnostics.NotReached.Now(relay.Host, (cause?.Message ?? error.ToString()).TrimEnd('.')));
    }
}
