using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Capsule.Trust.Algorithms.Blake3;

/// <summary>
/// BLAKE3: hash, keyed hash and key derivation, with output of any length, fed in pieces of any size. Memory is constant: the chaining
/// values of whole subtrees wait on a stack, at most one for each power of two (specification 5.1.2). Not for several threads at once.
/// </summary>
public sealed class Blake3Hash
{
    /// <summary>Bytes of the usual output, and of a key.</summary>
    public const int Size = 32;

    private const int MaximumDepth = 54;

    private readonly uint[] _key;
    private readonly Blake3Flags _mode;
    private readonly uint[] _stack = new uint[MaximumDepth * 8];
    private readonly uint[] _chain = new uint[8];
    private readonly byte[] _block = new byte[Blake3Compression.BlockSize];
    private int _depth;
    private int _blockLength;
    private int _blocks;
    private ulong _chunk;

    /// <summary>A hash without a key.</summary>
    public Blake3Hash()
        : this(Blake3Compression.InitialValue, Blake3Flags.None)
    {
    }

    private Blake3Hash(ReadOnlySpan<uint> key, Blake3Flags mode)
    {
        (_key, _mode) = (key.ToArray(), mode);
        _key.CopyTo(_chain, 0);
    }

    /// <summary>A message authentication code.</summary>
    /// <param name="key">32 bytes.</param>
    public static Blake3Hash Keyed(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Size);
        return new Blake3Hash(Words(key), Blake3Flags.KeyedHash);
    }

    /// <summary>Derives keys from the key material that is appended.</summary>
    /// <param name="context">What the key is for: a constant of the program, globally unique.</param>
    public static Blake3Hash DeriveKey(string context)
    {
        var first = new Blake3Hash(Blake3Compression.InitialValue, Blake3Flags.DeriveKeyContext);
        first.Append(Encoding.UTF8.GetBytes(context));
        return new Blake3Hash(Words(first.Finish()), Blake3Flags.DeriveKeyMaterial);
    }

    /// <summary>The 32-byte hash of some bytes.</summary>
    public static byte[] HashData(ReadOnlySpan<byte> data)
    {
        var hash = new Blake3Hash();
        hash.Append(data);
        return hash.Finish();
    }

    /// <summary>The 32-byte hash of what is left of a stream.</summary>
    public static async Task<byte[]> HashDataAsync(Stream stream, CancellationToken cancel)
    {
        var hash = new Blake3Hash();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancel)) > 0)
        {
            hash.Append(buffer.AsSpan(0, read));
        }

        return hash.Finish();
    }

    public void Append(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            // A block is compressed only when more follows: the last one of a chunk, and of all, is marked as such.
            if (_blockLength == _block.Length)
            {
                CompressBlock();
            }

            if (_blocks == 0 && _blockLength == 0 && data.Length > Blake3Chunks.Lanes * Blake3Chunks.ChunkSize)
            {
                data = AppendChunks(data);
                continue;
            }

            var count = Math.Min(data.Length, _block.Length - _blockLength);
            data[..count].CopyTo(_block.AsSpan(_blockLength));
            _blockLength += count;
            data = data[count..];
        }
    }

    /// <summary>Writes the hash of all that was appended so far; more may be appended afterwards.</summary>
    /// <param name="into">Any length: a shorter output is the beginning of a longer one.</param>
    public void Finish(Span<byte> into)
    {
        var node = LastOfChunk();
        Span<uint> right = stackalloc uint[8];
        for (var depth = _depth - 1; depth >= 0; depth--)
        {
            node.WriteChain(right);
            node = Blake3Node.Parent(_stack.AsSpan(8 * depth, 8), right, _key, _mode);
        }

        node.WriteRoot(into);
    }

    public byte[] Finish()
    {
        var result = new byte[Size];
        Finish(result);
        return result;
    }

    private Blake3Flags Start => _blocks == 0 ? Blake3Flags.ChunkStart : Blake3Flags.None;

    private Blake3Node LastOfChunk()
    {
        _block.AsSpan(_blockLength).Clear();
        return new Blake3Node(_chain, _block, _chunk, _blockLength, _mode | Start | Blake3Flags.ChunkEnd);
    }

    private void CompressBlock()
    {
        if (_blocks == (Blake3Chunks.ChunkSize / _block.Length) - 1)
        {
            CloseChunk();
            return;
        }

        Blake3Compression.Compress(_chain, _block, _chunk, _block.Length, _mode | Start, _chain);
        _blocks++;
        _blockLength = 0;
    }

    /// <summary>Takes whole chunks, several at once, as long as more data follows them; gives the rest.</summary>
    private ReadOnlySpan<byte> AppendChunks(ReadOnlySpan<byte> data)
    {
        const int Count = Blake3Chunks.Lanes * Blake3Chunks.ChunkSize;
        Span<uint> chains = stackalloc uint[Blake3Chunks.Lanes * 8];
        for (; data.Length > Count; data = data[Count..])
        {
            Blake3Chunks.Hash(data[..Count], _key, _chunk, _mode, chains);
            for (var lane = 0; lane < Blake3Chunks.Lanes; lane++)
            {
                Push(chains.Slice(8 * lane, 8));
            }
        }

        return data;
    }

    private void CloseChunk()
    {
        Span<uint> chain = stackalloc uint[8];
        LastOfChunk().WriteChain(chain);
        Push(chain);
        _key.CopyTo(_chain, 0);
        (_blocks, _blockLength) = (0, 0);
    }

    /// <summary>A chunk completes as many subtrees as its number, counted from one, has zeros at its end.</summary>
    private void Push(Span<uint> chain)
    {
        _chunk++;
        for (var merges = BitOperations.TrailingZeroCount(_chunk); merges > 0; merges--)
        {
            Blake3Node.Parent(_stack.AsSpan(8 * --_depth, 8), chain, _key, _mode).WriteChain(chain);
        }

        chain.CopyTo(_stack.AsSpan(8 * _depth++));
    }

    private static uint[] Words(ReadOnlySpan<byte> bytes)
    {
        var words = new uint[bytes.Length / 4];
        for (var word = 0; word < words.Length; word++)
        {
            words[word] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * word)..]);
        }

        return words;
    }
}
