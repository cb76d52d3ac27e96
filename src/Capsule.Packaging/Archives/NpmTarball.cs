using System.Buffers.Binary;
using Capsule.Packaging.Envelopes;

namespace Capsule.Packaging.Archives;

/// <summary>
/// Archives as npm registries serve them: a gzip'd tar whose files lie below <c>package/</c>. The bytes are a function of the files
/// alone: deflate blocks are stored (RFC 1951, 3.2.4), for each version of a compressor packs in its own way, and lock files hold their hash.
/// </summary>
public static class NpmTarball
{
    private const int LargestBlock = 0xFFFF;

    // What npm itself writes: tools that unpack elsewhere read 1985 rather than a time before their own.
    private const long Time = 499162500;

    /// <param name="files">Paths with "/" and contents, in any order.</param>
    public static byte[] Write(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        using var plain = new MemoryStream();
        var tar = new TarWriter(plain, Time);
        foreach (var (path, content) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            tar.WriteFile($"package/{path}", content);
        }

        tar.End();
        return Gzip(plain.ToArray());
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var zipped = new MemoryStream(plain.Length + plain.Length / LargestBlock * 5 + 32);

        // Deflate, no flags, no time, no extras, unknown system (RFC 1952, 2.3).
        zipped.Write([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]);
        Span<byte> head = stackalloc byte[5];
        for (var start = 0; start == 0 || start < plain.Length; start += LargestBlock)
        {
            var block = plain.AsSpan(start, Math.Min(LargestBlock, plain.Length - start));
            head[0] = (byte)(start + block.Length == plain.Length ? 1 : 0);
            BinaryPrimitives.WriteUInt16LittleEndian(head[1..], (ushort)block.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(head[3..], (ushort)~block.Length);
            zipped.Write(head);
            zipped.Write(block);
        }

        Span<byte> end = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(end, Crc32.Of(plain));
        BinaryPrimitives.WriteUInt32LittleEndian(end[4..], (uint)plain.Length);
        zipped.Write(end);
        return zipped.ToArray();
    }
}
