using System.Globalization;
using System.Text;

namespace Capsule.Trust.Envelopes;

/// <summary>The DSSE v1 pre-authentication encoding: the bytes that an envelope's signature is over.</summary>
public static class DsseEncoding
{
    /// <summary>How every encoded message begins, and no native message may.</summary>
    public static ReadOnlySpan<byte> Prefix => "DSSEv1 "u8;

    /// <summary>The payload type of in-toto statements.</summary>
    public const string InTotoType = "application/vnd.in-toto+json";

    public static byte[] Encode(string payloadType, ReadOnlySpan<byte> payload)
    {
        var header = string.Create(
            CultureInfo.InvariantCulture,
            $"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payload.Length} ");
        return [.. Encoding.UTF8.GetBytes(header), .. payload];
    }
}
