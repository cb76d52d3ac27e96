using System.Buffers.Binary;

namespace Capsule.Trust.Algorithms.Blake3;

/// <summary>A node of the tree before its last compression: it may become a chaining value, or, as the root, output of any length.</summary>
/// <param name="Chain">8 words.</param>
/// <param name="Block">64 bytes.</param>
/// <param name="Counter">The chunk's number; 0 for a parent.</param>
/// <param name="Length">Bytes of the block that count.</param>
/// <param name="Flags">Its kind.</param>
internal readonly record struct Blake3Node(uint[] Chain, byte[] Block, ulong Counter, int Length, Blake3Flags Flags)
{
    public static Blake3Node Parent(ReadOnlySpan<uint> left, ReadOnlySpan<uint> right, uint[] key, Blake3Flags mode)
    {
        var block = new byte[Blake3Compression.BlockSize];
        for (var word = 0; word < 8; word++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(4 * word), left[word]);
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(32 + (4 * word)), right[word]);
        }

        return new Blake3Node(key, block, 0, Blake3Compression.BlockSize, mode | Blake3Flags.Parent);
    }

    public void WriteChain(Span<uint> into) => Blake3Compression.Compress(Chain, Block, Counter, Length, Flags, into[..8]);

    /// <summary>The root's output; more of it only means longer output with the same beginning.</summary>
    public void WriteRoot(Span<byte> into)
    {
        Span<uint> words = stackalloc uint[16];
        Span<byte> bytes = stackalloc byte[Blake3Compression.BlockSize];
        for (var block = 0UL; !into.IsEmpty; block++)
        {
            Blake3Compression.Compress(Chain, Block, block, Length, Flags | Blake3Flags.Root, words);
            for (var word = 0; word < words.Length; word++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes[(4 * word)..], words[word]);
            }

            var count = Math.Min(into.Length, bytes.Length);
            bytes[..count].CopyTo(into);
            into = into[count..];
        }
    }
}
