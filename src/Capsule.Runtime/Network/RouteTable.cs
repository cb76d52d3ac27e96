using Capsule.Core.Plans;

namespace Capsule.Runtime.Network;

/// <summary>Longest-prefix routing and what becomes of a path on its way inside (specs: kits 3.6).</summary>
internal sealed class RouteTable(IEnumerable<PublicRoute> routes)
{
    private readonly PublicRoute[] _routes = [.. routes.OrderByDescending(r => r.Prefix.TrimEnd('/').Length)];

    public PublicRoute? Find(string path) => _routes.FirstOrDefault(r => Rest(r, path) is not null);

    /// <summary>The path below the route's prefix: empty or starting with a slash; null when the route does not match.</summary>
    public static string? Rest(PublicRoute route, string path)
    {
        var prefix = route.Prefix.TrimEnd('/');
        return path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/')
            ? path[prefix.Length..]
            : null;
    }

    /// <summary>The path that the process is asked for.</summary>
    public static string Inside(PublicRoute route, string rest)
    {
        var path = route.Path.TrimEnd('/') + rest;
        return path.Length == 0 ? "/" : path;
    }
}
