using System.Net;

namespace Capsule.Runtime.Relays;

/// <summary>What can be said of an address before anything is dialled.</summary>
public static class RelayAddresses
{
    /// <summary>True for one that names this machine by itself: <c>localhost</c>, or an address of loopback.</summary>
    public static bool IsLoopback(Uri address) =>
        address.Host == "localhost" || (IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var literal) && IPAddress.IsLoopback(literal));
}
