using Capsule.Runtime.Network;

namespace Capsule.Runtime.Testing;

/// <summary>Where a case's requests go.</summary>
/// <param name="Address">The root: the public address, or a stand-in when there is a way of its own.</param>
/// <param name="Dial">Opens the connections; null for plain TCP to <paramref name="Address"/>.</param>
public sealed record TestTarget(Uri Address, Dial? Dial = null)
{
    // Workloads ignore the Host header (specs: kits 3.6); the name never reaches a resolver.
    private static readonly Uri StandIn = new("http://workload.localhost/");

    /// <summary>A process's own listener, past the public one.</summary>
    public static TestTarget Of(Dial dial) => new(StandIn, dial);
}
