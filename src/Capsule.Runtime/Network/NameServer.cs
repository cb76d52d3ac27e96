using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Capsule.Runtime.Network;

/// <summary>
/// The only name server of a cell (RFC 1035 4): it knows the granted hosts at their addresses inside, says of all others that
/// they do not exist, and reports who was asked for. Nothing is ever asked outside.
/// </summary>
internal sealed class NameServer : IAsyncDisposable
{
    public static readonly IPEndPoint Address = new(IPAddress.Loopback, 53);

    private const int HeadLength = 12;
    private const int LongestQuery = 1500;
    private const ushort TypeAddress = 1;
    private const ushort TypeAddress6 = 28;
    private const ushort ClassInternet = 1;
    private const int NoSuchName = 3;
    private const int SecondsToLive = 60;

    private readonly Socket _socket;
    private readonly IReadOnlyDictionary<string, IPAddress> _hosts;
    private readonly Action<string, int> _refused;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    /// <summary>Starts serving at once.</summary>
    /// <param name="socket">A datagram socket of the cell; closed with the server.</param>
    /// <param name="hosts">The names that exist.</param>
    /// <param name="refused">Receives each name that was asked for in vain, and the port that asked.</param>
    public NameServer(Socket socket, IReadOnlyDictionary<string, IPAddress> hosts, Action<string, int> refused)
    {
        (_socket, _hosts, _refused) = (socket, hosts, refused);
        _serving = Task.Run(ServeAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _serving;
    }

    /// <summary>The answer to a query; null to what is none. A name that does not exist is reported.</summary>
    public static byte[]? Answer(ReadOnlySpan<byte> query, IReadOnlyDictionary<string, IPAddress> hosts, Action<string> refused)
    {
        // One question, no answer: flags QR and opcode are 0.
        if (query.Length < HeadLength || (query[2] & 0xF8) != 0 || BinaryPrimitives.ReadUInt16BigEndian(query[4..]) != 1
            || ReadName(query, out var name) is not { } end || query.Length < end + 4)
        {
            return null;
        }

        var type = BinaryPrimitives.ReadUInt16BigEndian(query[end..]);
        var isInternet = BinaryPrimitives.ReadUInt16BigEndian(query[(end + 2)..]) == ClassInternet;
        var known = hosts.TryGetValue(name, out var address) && isInternet;
        var given = known && type == TypeAddress ? address!.GetAddressBytes() : [];
        if (!known && type is TypeAddress or TypeAddress6)
        {
            refused(name);
        }

        var question = query[HeadLength..(end + 4)];
        var answer = new byte[HeadLength + question.Length + (given.Length > 0 ? 12 + given.Length : 0)];
        query[..2].CopyTo(answer);
        answer[2] = (byte)(0x84 | (query[2] & 1));
        answer[3] = (byte)(0x80 | (known ? 0 : NoSuchName));
        answer[5] = 1;
        question.CopyTo(answer.AsSpan(HeadLength));
        if (given.Length > 0)
        {
            answer[7] = 1;
            var record = answer.AsSpan(HeadLength + question.Length);
            BinaryPrimitives.WriteUInt16BigEndian(record, 0xC000 | HeadLength);
            BinaryPrimitives.WriteUInt16BigEndian(record[2..], TypeAddress);
            BinaryPrimitives.WriteUInt16BigEndian(record[4..], ClassInternet);
            BinaryPrimitives.WriteUInt32BigEndian(record[6..], SecondsToLive);
            BinaryPrimitives.WriteUInt16BigEndian(record[10..], (ushort)given.Length);
            given.CopyTo(record[12..]);
        }

        return answer;
    }

    /// <summary>The offset behind the question's name; null when it is malformed. Questions have no compressed names.</summary>
    private static int? ReadName(ReadOnlySpan<byte> query, out string name)
    {
        var text = new StringBuilder();
        name = "";
        for (var at = HeadLength; at < query.Length; at += query[at] + 1)
        {
            var length = query[at];
            if (length == 0)
            {
                name = text.ToString();
                return name.Length > 0 ? at + 1 : null;
            }

            if (length > 63 || at + 1 + length > query.Length || text.Length + length > 253)
            {
                return null;
            }

            text.Append(text.Length == 0 ? "" : ".").Append(Encoding.Latin1.GetString(query.Slice(at + 1, length)));
        }

        return null;
    }

    private async Task ServeAsync()
    {
        var buffer = new byte[LongestQuery];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var asked = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, Address, _stop.Token);
                if (Answer(buffer.AsSpan(0, asked.ReceivedBytes), _hosts, name => _refused(name, ((IPEndPoint)asked.RemoteEndPoint).Port)) is { } answer)
                {
                    await _socket.SendToAsync(answer, SocketFlags.None, asked.RemoteEndPoint, _stop.Token);
                }
            }
            catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException)
            {
                // Who asked is gone, or sent more than a query can hold.
            }
        }
    }
}
