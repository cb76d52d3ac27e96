using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Capsule.Trust.Algorithms.Blake3;

/// <summary>
/// Eight chunks at once (specification 5.3): chunks do not depend on each other, so each lane of a vector computes one of them. Where the
/// processor has no vectors that wide, the platform takes two of four lanes.
/// </summary>
internal static class Blake3Chunks
{
    public const int ChunkSize = 1024;
    public const int Lanes = 8;

    /// <summary>Computes the chaining values of eight whole chunks.</summary>
    /// <param name="input">8 KiB.</param>
    /// <param name="key">8 words.</param>
    /// <param name="counter">The number of the first chunk.</param>
    /// <param name="mode">Flags of every block.</param>
    /// <param name="chains">64 words: 8 of each chunk.</param>
    public static void Hash(ReadOnlySpan<byte> input, ReadOnlySpan<uint> key, ulong counter, Blake3Flags mode, Span<uint> chains)
    {
        Span<Vector256<uint>> h = stackalloc Vector256<uint>[8];
        Span<Vector256<uint>> m = stackalloc Vector256<uint>[16];
        Span<Vector256<uint>> v = stackalloc Vector256<uint>[16];
        for (var word = 0; word < h.Length; word++)
        {
            h[word] = Vector256.Create(key[word]);
        }

        const int Blocks = ChunkSize / Blake3Compression.BlockSize;
        for (var block = 0; block < Blocks; block++)
        {
            var flags = mode | (block == 0 ? Blake3Flags.ChunkStart : 0) | (block == Blocks - 1 ? Blake3Flags.ChunkEnd : 0);
            Load(input[(block * Blake3Compression.BlockSize)..], m);
            h.CopyTo(v);
            for (var word = 0; word < 4; word++)
            {
                v[8 + word] = Vector256.Create(Blake3Compression.InitialValue[word]);
            }

            v[12] = Counters(counter, 0);
            v[13] = Counters(counter, 32);
            v[14] = Vector256.Create((uint)Blake3Compression.BlockSize);
            v[15] = Vector256.Create((uint)flags);
            Rounds(v, m);
            for (var word = 0; word < h.Length; word++)
            {
                h[word] = v[word] ^ v[word + 8];
            }
        }

        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var word = 0; word < h.Length; word++)
            {
                chains[(8 * lane) + word] = h[word][lane];
            }
        }
    }

    private static void Rounds(Span<Vector256<uint>> v, ReadOnlySpan<Vector256<uint>> m)
    {
        var schedule = Blake3Compression.Schedule;
        for (var at = 0; at < schedule.Length; at += 16)
        {
            var s = schedule.Slice(at, 16);
            Mix(ref v[0], ref v[4], ref v[8], ref v[12], m[s[0]], m[s[1]]);
            Mix(ref v[1], ref v[5], ref v[9], ref v[13], m[s[2]], m[s[3]]);
            Mix(ref v[2], ref v[6], ref v[10], ref v[14], m[s[4]], m[s[5]]);
            Mix(ref v[3], ref v[7], ref v[11], ref v[15], m[s[6]], m[s[7]]);
            Mix(ref v[0], ref v[5], ref v[10], ref v[15], m[s[8]], m[s[9]]);
            Mix(ref v[1], ref v[6], ref v[11], ref v[12], m[s[10]], m[s[11]]);
            Mix(ref v[2], ref v[7], ref v[8], ref v[13], m[s[12]], m[s[13]]);
            Mix(ref v[3], ref v[4], ref v[9], ref v[14], m[s[14]], m[s[15]]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector256<uint> a, ref Vector256<uint> b, ref Vector256<uint> c, ref Vector256<uint> d, Vector256<uint> first, Vector256<uint> second)
    {
        var (x, y, z, w) = (a, b, c, d);
        x += y + first;
        w = Rotate(w ^ x, 16);
        z += w;
        y = Rotate(y ^ z, 12);
        x += y + second;
        w = Rotate(w ^ x, 8);
        z += w;
        y = Rotate(y ^ z, 7);
        (a, b, c, d) = (x, y, z, w);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate(Vector256<uint> words, [ConstantExpected] int by) => (words >>> by) | (words << (32 - by));

    private static void Load(ReadOnlySpan<byte> input, Span<Vector256<uint>> m)
    {
        for (var word = 0; word < m.Length; word++)
        {
            var at = 4 * word;
            m[word] = Vector256.Create(
                Word(input, at), Word(input, at + ChunkSize), Word(input, at + (2 * ChunkSize)), Word(input, at + (3 * ChunkSize)),
                Word(input, at + (4 * ChunkSize)), Word(input, at + (5 * ChunkSize)), Word(input, at + (6 * ChunkSize)), Word(input, at + (7 * ChunkSize)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Word(ReadOnlySpan<byte> input, int at) => BinaryPrimitives.ReadUInt32LittleEndian(input[at..]);

    private static Vector256<uint> Counters(ulong first, int shift) => Vector256.Create(
        (uint)(first >> shift), (uint)((first + 1) >> shift), (uint)((first + 2) >> shift), (uint)((first + 3) >> shift),
        (uint)((first + 4) >> shift), (uint)((first + 5) >> shift), (uint)((first + 6) >> shift), (uint)((first + 7) >> shift));
}
