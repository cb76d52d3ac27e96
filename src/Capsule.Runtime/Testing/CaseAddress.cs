using Capsule.Core.Plans;

namespace Capsule.Runtime.Testing;

/// <summary>The address that a case calls: the target's root, the endpoint, and what the case adds below it.</summary>
internal static class CaseAddress
{
    public static Uri Of(TestCase one, TestTarget target)
    {
        var endpoint = (one.PublicPath ?? one.Endpoint ?? "/").TrimEnd('/');
        var below = one.Path ?? "/";

        // "/" is the endpoint itself; so is "/?q=1", with a query.
        var rest = below == "/" || below.StartsWith("/?", StringComparison.Ordinal) ? below[1..] : below;
        var path = endpoint + rest;
        return new Uri(target.Address.GetLeftPart(UriPartial.Authority) + (path.StartsWith('/') ? path : "/" + path));
    }
}
