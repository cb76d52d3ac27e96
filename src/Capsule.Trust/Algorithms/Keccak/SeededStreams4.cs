using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms.Keccak;

/// <summary>
/// Four SHAKE streams that run together, each over one common seed and a 16-bit number of its own (little-endian after the seed): the form
/// of every expansion in FIPS 204 7.3. Gives one block of the rate for each stream at a time.
/// </summary>
internal struct SeededStreams4
{
    /// <summary>Bytes from the start of one stream's block to that of the next in the memory for blocks; room to read past a block's end.</summary>
    public const int BlockStride = 192;

    /// <summary>What a caller provides for the blocks.</summary>
    public const int BlocksLength = 4 * BlockStride;

    private readonly int _rate;
    private KeccakState4 _state;

    /// <param name="rate"><see cref="Shake.Rate128"/> or <see cref="Shake.Rate256"/>.</param>
    /// <param name="seed">A multiple of eight bytes, shorter than the rate.</param>
    /// <param name="numbers">Four numbers.</param>
    public SeededStreams4(int rate, ReadOnlySpan<byte> seed, ReadOnlySpan<ushort> numbers)
    {
        _rate = rate;
        var lane = 0;
        for (; !seed.IsEmpty; seed = seed[8..])
        {
            _state[lane++] = Vector256.Create(BinaryPrimitives.ReadUInt64LittleEndian(seed));
        }

        const ulong Padding = 0x1FUL << 16;
        _state[lane] = Vector256.Create((ulong)numbers[0], numbers[1], numbers[2], numbers[3]) | Vector256.Create(Padding);
        _state[(rate >> 3) - 1] ^= Vector256.Create(0x80UL << 56);
    }

    /// <summary>The next block of each stream: stream i at i times <see cref="BlockStride"/>.</summary>
    public void Next(Span<byte> blocks)
    {
        blocks = blocks[..BlocksLength];
        KeccakPermutation4.Permute(_state);
        var words = _rate >> 3;
        var word = 0;
        if (Avx2.IsSupported)
        {
            for (; word + 4 <= words; word += 4)
            {
                Transpose(word, blocks);
            }
        }

        for (; word < words; word++)
        {
            for (var stream = 0; stream < 4; stream++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(blocks[((stream * BlockStride) + (8 * word))..], _state[word][stream]);
            }
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes((Span<Vector256<ulong>>)_state));

    private void Transpose(int word, Span<byte> blocks)
    {
        var low1 = Avx2.UnpackLow(_state[word], _state[word + 1]);
        var high1 = Avx2.UnpackHigh(_state[word], _state[word + 1]);
        var low2 = Avx2.UnpackLow(_state[word + 2], _state[word + 3]);
        var high2 = Avx2.UnpackHigh(_state[word + 2], _state[word + 3]);
        Avx2.Permute2x128(low1, low2, 0x20).AsByte().CopyTo(blocks[(8 * word)..]);
        Avx2.Permute2x128(high1, high2, 0x20).AsByte().CopyTo(blocks[(BlockStride + (8 * word))..]);
        Avx2.Permute2x128(low1, low2, 0x31).AsByte().CopyTo(blocks[((2 * BlockStride) + (8 * word))..]);
        Avx2.Permute2x128(high1, high2, 0x31).AsByte().CopyTo(blocks[((3 * BlockStride) + (8 * word))..]);
    }
}
