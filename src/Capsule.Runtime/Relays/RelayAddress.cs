using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Relays;

/// <summary>Where the calls of an exit go: one host, and the addresses of it that may be dialled. Resolved once per connection, as for egress.</summary>
/// <param name="Base">Scheme, host, port, and what stands before every path.</param>
/// <param name="Refusal">Why an address may not be dialled; null when it may.</param>
internal sealed record RelayAddress(Uri Base, Func<IPAddress, string?> Refusal)
{
    private static readonly TimeSpan NameLifetime = TimeSpan.FromSeconds(30);

    /// <summary>How names become addresses.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = new NameLookups(Dns.GetHostAddressesAsync, NameLifetime, TimeProvider.System).FindAsync;

    /// <summary>Another judgement of certificates exists in tests only, whose hosts have none that anybody trusts.</summary>
    public RemoteCertificateValidationCallback? Certificates { get; init; }

    /// <summary>How long nothing may move. A model may think for long before its first word.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The provider's own host over https; or what the user's settings name instead, which may be on a private network, and on loopback where it
    /// says so itself.
    /// </summary>
    /// <param name="relay">The exit.</param>
    /// <param name="instead">The address in the settings; null for none.</param>
    public static RelayAddress Of(RelayPlan relay, Uri? instead) =>
        instead is null ? new RelayAddress(new Uri($"https://{relay.Host}/"), AddressPolicy.Refusal)
        : RelayAddresses.IsLoopback(instead) ? new RelayAddress(instead, a => IPAddress.IsLoopback(a) ? null : "not on loopback")
        : new RelayAddress(instead, AddressPolicy.RefusalOfGateway);

    /// <summary>A connection to the host, and to no other.</summary>
    /// <exception cref="HttpRequestException">It has no address that may be dialled, or none answers.</exception>
    public async ValueTask<Stream> DialAsync(DnsEndPoint asked, CancellationToken cancel)
    {
        var host = asked.Host.Trim('[', ']');
        if (!host.Equals(Base.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase) || asked.Port != Base.Port)
        {
            throw new HttpRequestException("it is another host");
        }

        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await Resolve(host, cancel);

        // One bad address taints the name: a resolver that mixes public and private answers is rebinding.
        if (found.Select(Refusal).FirstOrDefault(r => r is not null) is { } refusal)
        {
            throw new HttpRequestException($"its address is {refusal}");
        }

        SocketException? last = null;
        foreach (var address in found)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, asked.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException problem)
            {
                socket.Dispose();
                last = problem;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new HttpRequestException(last?.Message ?? "its name has no address");
    }
}
