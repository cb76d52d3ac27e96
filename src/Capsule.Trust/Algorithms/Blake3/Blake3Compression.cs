using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Capsule.Trust.Algorithms.Blake3;

/// <summary>
/// The compression function of BLAKE3 (specification 2.2). The sixteen words of the state are four rows of four, so one vector operation
/// does what is written four times in the specification.
/// </summary>
internal static class Blake3Compression
{
    public const int BlockSize = 64;

    /// <summary>Which message word is used where, for each of the seven rounds: the permutation of 2.2, applied again and again.</summary>
    public static ReadOnlySpan<byte> Schedule => AllRounds;

    private static readonly byte[] AllRounds = MakeSchedule();

    public static ReadOnlySpan<uint> InitialValue =>
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    private static ReadOnlySpan<byte> Permutation => [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8];

    /// <summary>Compresses one block.</summary>
    /// <param name="chain">The input chaining value, 8 words.</param>
    /// <param name="block">64 bytes.</param>
    /// <param name="counter">Which chunk, or which block of the output.</param>
    /// <param name="length">Bytes of the block that count.</param>
    /// <param name="flags">What kind of block it is.</param>
    /// <param name="result">16 words, or 8 where only the chaining value is asked for. It may be <paramref name="chain"/> itself.</param>
    public static void Compress(ReadOnlySpan<uint> chain, ReadOnlySpan<byte> block, ulong counter, int length, Blake3Flags flags, Span<uint> result)
    {
        Span<uint> m = stackalloc uint[16];
        for (var word = 0; word < m.Length; word++)
        {
            m[word] = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * word)..]);
        }

        var chainLow = Vector128.Create(chain);
        var chainHigh = Vector128.Create(chain[4..]);
        var (a, b, c) = (chainLow, chainHigh, Vector128.Create(InitialValue));
        var d = Vector128.Create((uint)counter, (uint)(counter >> 32), (uint)length, (uint)flags);
        for (var at = 0; at < Schedule.Length; at += 16)
        {
            var s = Schedule.Slice(at, 16);
            Mix(ref a, ref b, ref c, ref d, Vector128.Create(m[s[0]], m[s[2]], m[s[4]], m[s[6]]), Vector128.Create(m[s[1]], m[s[3]], m[s[5]], m[s[7]]));
            b = Vector128.Shuffle(b, Vector128.Create(1u, 2, 3, 0));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(3u, 0, 1, 2));
            Mix(ref a, ref b, ref c, ref d, Vector128.Create(m[s[8]], m[s[10]], m[s[12]], m[s[14]]), Vector128.Create(m[s[9]], m[s[11]], m[s[13]], m[s[15]]));
            b = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
            c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
            d = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
        }

        (a ^ c).CopyTo(result);
        (b ^ d).CopyTo(result[4..]);
        if (result.Length == 16)
        {
            (c ^ chainLow).CopyTo(result[8..]);
            (d ^ chainHigh).CopyTo(result[12..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d, Vector128<uint> first, Vector128<uint> second)
    {
        a += b + first;
        d = Rotate(d ^ a, 16);
        c += d;
        b = Rotate(b ^ c, 12);
        a += b + second;
        d = Rotate(d ^ a, 8);
        c += d;
        b = Rotate(b ^ c, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Rotate(Vector128<uint> words, [ConstantExpected] int by) => (words >>> by) | (words << (32 - by));

    private static byte[] MakeSchedule()
    {
        var schedule = new byte[7 * 16];
        for (var at = 0; at < schedule.Length; at++)
        {
            schedule[at] = at < 16 ? (byte)at : schedule[at - (at % 16) - 16 + Permutation[at % 16]];
        }

        return schedule;
    }
}
