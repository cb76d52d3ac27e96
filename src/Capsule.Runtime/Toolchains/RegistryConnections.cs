using System.Net;
using System.Net.Sockets;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Toolchains;

/// <summary>
/// Connections of a fetch (specs: sandbox 2, egress). A registry that the user configured may be private; wherever its documents and
/// redirects lead must be public, so that no registry turns the runner against its own network. Each name is resolved once, every
/// address checked, and one of these dialled.
/// </summary>
/// <param name="settings">The configured registries.</param>
/// <param name="proxy">The user's own proxy; behind it, names are resolved by it, and nothing can be checked here.</param>
internal sealed class RegistryConnections(NpmSettings settings, IWebProxy proxy)
{
    /// <exception cref="ForbiddenAddressException">The host is private and no registry of the user's.</exception>
    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel);
        if (!settings.Names(host, port) && !IsProxy(context) && addresses.Select(AddressPolicy.Refusal).FirstOrDefault(r => r is not null) is { } why)
        {
            throw new ForbiddenAddressException($"{host}:{port}", why);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsProxy(SocketsHttpConnectionContext context) =>
        context.InitialRequestMessage.RequestUri is { } asked && !proxy.IsBypassed(asked) && proxy.GetProxy(asked) is { } through
        && through.Port == context.DnsEndPoint.Port && through.IdnHost.Equals(context.DnsEndPoint.Host, StringComparison.OrdinalIgnoreCase);
}
