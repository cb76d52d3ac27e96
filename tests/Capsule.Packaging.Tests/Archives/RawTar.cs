using System.Text;

namespace Capsule.Packaging.Tests.Archives;

/// <summary>Tar members as no honest writer makes them.</summary>
internal static class RawTar
{
    public static byte[] Member(string name, char kind, long size, byte[]? content = null)
    {
        var header = new byte[512];
        Encoding.UTF8.GetBytes(name, header);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        if (size < 1L << 33)
        {
            Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0'), header.AsSpan(124));
        }
        else
        {
            header[124] = 0x80;
            System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(128), size);
        }

        header[156] = (byte)kind;
        "target"u8.CopyTo(header.AsSpan(157));
        "ustar\000"u8.CopyTo(header.AsSpan(257));
        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0", header.AsSpan(148));
        content ??= [];
        return [.. header, .. content, .. new byte[-content.Length & 511]];
    }
}
