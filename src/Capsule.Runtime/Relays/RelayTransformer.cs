using System.Net;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Capsule.Runtime.Relays;

/// <summary>
/// What becomes of a call on its way to the provider: whatever the caller sent to prove who it is goes, and the real header comes. The
/// header's value is in memory only while a call is made.
/// </summary>
internal sealed class RelayTransformer(RelayPlan relay, RelayAddress address, string target, string secret) : HttpTransformer
{
    /// <summary>The redirect that the provider answered with; null for none.</summary>
    public HttpStatusCode? Redirect { get; private set; }

    public override async ValueTask TransformRequestAsync(HttpContext context, HttpRequestMessage request, string destination, CancellationToken cancel)
    {
        CallerHeaders.RemoveThoseOfThisConnection(context.Request.Headers);
        await base.TransformRequestAsync(context, request, destination, cancel);
        request.RequestUri = new Uri(address.Base.GetLeftPart(UriPartial.Path).TrimEnd('/') + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        request.Headers.Host = null;
        foreach (var header in CallerHeaders.OursAlone.Concat(relay.DropHeaders).Append(relay.PathHeader).Append(relay.Header).OfType<string>())
        {
            request.Headers.Remove(header);
        }

        request.Headers.TryAddWithoutValidation(relay.Header, relay.HeaderForm.Replace(RelayRules.SecretPlace, secret, StringComparison.Ordinal));
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext context, HttpResponseMessage? response, CancellationToken cancel)
    {
        if (response is { StatusCode: HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect })
        {
            Redirect = response.StatusCode;
            return false;
        }

        // Cookies of the provider's would be lost on the next call anyway.
        response?.Headers.Remove("Set-Cookie");
        return await base.TransformResponseAsync(context, response, cancel);
    }
}
