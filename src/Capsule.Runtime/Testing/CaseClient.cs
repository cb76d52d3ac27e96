using Capsule.Runtime.Network;

namespace Capsule.Runtime.Testing;

/// <summary>The HTTP client of one case: nothing is remembered from one case to the next, no proxy, no redirects.</summary>
internal static class CaseClient
{
    public static SocketsHttpHandler Handler(Dial? dial)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(10),

            // A connection per request: workload servers close idle ones when they like (specs: kits 3.6).
            PooledConnectionLifetime = TimeSpan.Zero,
        };
        if (dial is not null)
        {
            handler.ConnectCallback = (_, cancel) => dial(cancel);
        }

        return handler;
    }

    /// <summary>The case's own limit is the only one.</summary>
    public static HttpClient Over(HttpMessageHandler handler) => new(handler) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>What the network said, as the end of a sentence.</summary>
    public static string Reason(Exception problem) => problem is OperationCanceledException
        ? "the connection was not made in time"
        : problem.GetBaseException().Message.TrimEnd('.', ' ');
}
