using System.Buffers.Binary;
using System.Text;

namespace Capsule.Runtime.Network;

/// <summary>What the start of a TLS connection says about the server it is for (RFC 8446 4.1.2, RFC 6066 3).</summary>
internal static class ClientHello
{
    /// <summary>More than any real hello, post-quantum key shares included.</summary>
    public const int Largest = 32 * 1024;

    /// <summary>Reads as much of a hello as is there.</summary>
    /// <param name="bytes">Everything the client has sent so far.</param>
    /// <param name="name">The server's name, null when the hello names none.</param>
    /// <returns>True when the hello is complete, false when more bytes are needed, null when this is not TLS.</returns>
    public static bool? TryRead(ReadOnlySpan<byte> bytes, out string? name)
    {
        name = null;
        var hello = new byte[Largest];
        var length = 0;
        while (true)
        {
            if (bytes.Length >= 1 && bytes[0] != 22)
            {
                return null;
            }

            if (bytes.Length < 5)
            {
                return false;
            }

            var record = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
            if (bytes[1] != 3 || record == 0 || record > 16 * 1024 + 256 || length + record > Largest)
            {
                return null;
            }

            if (bytes.Length < 5 + record)
            {
                return false;
            }

            bytes.Slice(5, record).CopyTo(hello.AsSpan(length));
            length += record;
            bytes = bytes[(5 + record)..];
            if (hello[0] != 1)
            {
                return null;
            }

            if (length >= 4 && length >= 4 + ((hello[1] << 16) | (hello[2] << 8) | hello[3]))
            {
                return ReadName(hello.AsSpan(4, (hello[1] << 16) | (hello[2] << 8) | hello[3]), out name) ? true : null;
            }
        }
    }

    private static bool ReadName(ReadOnlySpan<byte> body, out string? name)
    {
        name = null;
        if (!Skip(ref body, 2 + 32) || !SkipVector(ref body, 1) || !SkipVector(ref body, 2) || !SkipVector(ref body, 1))
        {
            return false;
        }

        if (body.IsEmpty)
        {
            return true;
        }

        if (!TakeVector(ref body, 2, out var extensions))
        {
            return false;
        }

        while (!extensions.IsEmpty)
        {
            if (extensions.Length < 2)
            {
                return false;
            }

            var type = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            extensions = extensions[2..];
            if (!TakeVector(ref extensions, 2, out var content))
            {
                return false;
            }

            if (type == 0)
            {
                if (name is not null || !TakeVector(ref content, 2, out var list) || list.IsEmpty || list[0] != 0)
                {
                    return false;
                }

                list = list[1..];
                if (!TakeVector(ref list, 2, out var host) || !list.IsEmpty)
                {
                    return false;
                }

                name = Encoding.ASCII.GetString(host);
            }
        }

        return true;
    }

    private static bool Skip(ref ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.Length < count)
        {
            return false;
        }

        bytes = bytes[count..];
        return true;
    }

    private static bool SkipVector(ref ReadOnlySpan<byte> bytes, int lengthBytes) => TakeVector(ref bytes, lengthBytes, out _);

    private static bool TakeVector(ref ReadOnlySpan<byte> bytes, int lengthBytes, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (bytes.Length < lengthBytes)
        {
            return false;
        }

        var length = lengthBytes == 1 ? bytes[0] : BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if (bytes.Length < lengthBytes + length)
        {
            return false;
        }

        content = bytes.Slice(lengthBytes, length);
        bytes = bytes[(lengthBytes + length)..];
        return true;
    }
}
