using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>
/// The NTT with AVX2, eight coefficients at a time. The lengths 128 to 8 work on whole vectors; for 4, 2 and 1 the 16 coefficients
/// of two vectors are put in an order that keeps partners in the same place of both, and back.
/// </summary>
internal static class VectorNtt
{
    private const int Width = 8;

    public static void Forward(Span<int> polynomial)
    {
        ref var a = ref MemoryMarshal.GetReference(polynomial[..Field.N]);
        var next = 0;
        for (var length = 128; length >= Width; length >>= 1)
        {
            for (var start = 0; start < Field.N; start += 2 * length)
            {
                var zeta = Vector256.Create(NttTables.Zetas[++next]);
                var zetaByInverse = Vector256.Create(NttTables.ZetasByInverse[next]);
                for (var j = start; j < start + length; j += Width)
                {
                    var low = Load(ref a, j);
                    var t = Multiply(Load(ref a, j + length), zeta, zetaByInverse);
                    Store(low - t, ref a, j + length);
                    Store(low + t, ref a, j);
                }
            }
        }

        for (var j = 0; j < Field.N; j += 2 * Width)
        {
            var (low, high) = (Load(ref a, j), Load(ref a, j + Width));
            (low, high) = (Avx2.Permute2x128(low, high, 0x20), Avx2.Permute2x128(low, high, 0x31));
            Butterfly(ref low, ref high, NttTables.Last4, j);
            (low, high) = (UnpackLow64(low, high), UnpackHigh64(low, high));
            Butterfly(ref low, ref high, NttTables.Last2, j);
            (low, high) = (Even(low, high), Odd(low, high));
            Butterfly(ref low, ref high, NttTables.Last1, j);
            (low, high) = (Avx2.UnpackLow(low, high), Avx2.UnpackHigh(low, high));
            (low, high) = (UnpackLow64(low, high), UnpackHigh64(low, high));
            Store(Avx2.Permute2x128(low, high, 0x20), ref a, j);
            Store(Avx2.Permute2x128(low, high, 0x31), ref a, j + Width);
        }
    }

    public static void Inverse(Span<int> polynomial)
    {
        ref var a = ref MemoryMarshal.GetReference(polynomial[..Field.N]);
        for (var j = 0; j < Field.N; j += 2 * Width)
        {
            var (low, high) = (Load(ref a, j), Load(ref a, j + Width));
            (low, high) = (Avx2.Permute2x128(low, high, 0x20), Avx2.Permute2x128(low, high, 0x31));
            (low, high) = (UnpackLow64(low, high), UnpackHigh64(low, high));
            (low, high) = (Even(low, high), Odd(low, high));
            InverseButterfly(ref low, ref high, NttTables.First1, j);
            (low, high) = (Avx2.UnpackLow(low, high), Avx2.UnpackHigh(low, high));
            InverseButterfly(ref low, ref high, NttTables.First2, j);
            (low, high) = (UnpackLow64(low, high), UnpackHigh64(low, high));
            InverseButterfly(ref low, ref high, NttTables.First4, j);
            Store(Avx2.Permute2x128(low, high, 0x20), ref a, j);
            Store(Avx2.Permute2x128(low, high, 0x31), ref a, j + Width);
        }

        var next = 32;
        for (var length = Width; length < Field.N; length <<= 1)
        {
            for (var start = 0; start < Field.N; start += 2 * length)
            {
                var zeta = Vector256.Create(NttTables.Zetas[--next]);
                var zetaByInverse = Vector256.Create(NttTables.ZetasByInverse[next]);
                for (var j = start; j < start + length; j += Width)
                {
                    var (low, high) = (Load(ref a, j), Load(ref a, j + length));
                    Store(low + high, ref a, j);
                    Store(Multiply(high - low, zeta, zetaByInverse), ref a, j + length);
                }
            }
        }

        var factor = Vector256.Create(Field.FromNtt);
        var factorByInverse = Vector256.Create(unchecked(Field.FromNtt * Field.InverseOfQ));
        for (var j = 0; j < Field.N; j += Width)
        {
            Store(Multiply(Load(ref a, j), factor, factorByInverse), ref a, j);
        }
    }

    public static void Multiply(Span<int> result, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        ref var r = ref MemoryMarshal.GetReference(result[..Field.N]);
        ref var a = ref MemoryMarshal.GetReference(left[..Field.N]);
        ref var b = ref MemoryMarshal.GetReference(right[..Field.N]);
        for (var j = 0; j < Field.N; j += Width)
        {
            Store(Multiply(Load(ref a, j), Load(ref b, j)), ref r, j);
        }
    }

    public static void MultiplyAdd(Span<int> sum, ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        ref var s = ref MemoryMarshal.GetReference(sum[..Field.N]);
        ref var a = ref MemoryMarshal.GetReference(left[..Field.N]);
        ref var b = ref MemoryMarshal.GetReference(right[..Field.N]);
        for (var j = 0; j < Field.N; j += Width)
        {
            Store(Load(ref s, j) + Multiply(Load(ref a, j), Load(ref b, j)), ref s, j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Butterfly(ref Vector256<int> low, ref Vector256<int> high, int[] factors, int at)
    {
        var t = Multiply(high, Load(factors, at), Load(factors, at + Width));
        high = low - t;
        low += t;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InverseButterfly(ref Vector256<int> low, ref Vector256<int> high, int[] factors, int at)
    {
        var t = low;
        low += high;
        high = Multiply(high - t, Load(factors, at), Load(factors, at + Width));
    }

    /// <summary>a·b·R^-1 in each place: the products of even and odd places apart, as 64-bit numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Multiply(Vector256<int> a, Vector256<int> b)
    {
        var inverse = Vector256.Create(Field.InverseOfQ);
        var even = Avx2.Multiply(a, b);
        var odd = Avx2.Multiply(Odd(a), Odd(b));
        return Reduced(even, odd, Avx2.Multiply(even.AsInt32(), inverse), Avx2.Multiply(odd.AsInt32(), inverse));
    }

    /// <summary>The same where b·q^-1 modulo 2^32 is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Multiply(Vector256<int> a, Vector256<int> b, Vector256<int> byInverse)
    {
        var oddOfA = Odd(a);
        return Reduced(
            Avx2.Multiply(a, b), Avx2.Multiply(oddOfA, Odd(b)), Avx2.Multiply(a, byInverse), Avx2.Multiply(oddOfA, Odd(byInverse)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Reduced(Vector256<long> even, Vector256<long> odd, Vector256<long> evenFactor, Vector256<long> oddFactor)
    {
        var q = Vector256.Create(Field.Q);
        var evenRest = even - Avx2.Multiply(evenFactor.AsInt32(), q);
        var oddRest = odd - Avx2.Multiply(oddFactor.AsInt32(), q);
        return Avx2.Blend(Avx2.ShiftRightLogical(evenRest, 32).AsInt32(), oddRest.AsInt32(), 0b1010_1010);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Odd(Vector256<int> v) => Avx2.ShiftRightLogical(v.AsInt64(), 32).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Even(Vector256<int> a, Vector256<int> b) => Avx.Shuffle(a.AsSingle(), b.AsSingle(), 0b10_00_10_00).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Odd(Vector256<int> a, Vector256<int> b) => Avx.Shuffle(a.AsSingle(), b.AsSingle(), 0b11_01_11_01).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> UnpackLow64(Vector256<int> a, Vector256<int> b) => Avx2.UnpackLow(a.AsInt64(), b.AsInt64()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> UnpackHigh64(Vector256<int> a, Vector256<int> b) => Avx2.UnpackHigh(a.AsInt64(), b.AsInt64()).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Load(ref int a, int at) => Vector256.LoadUnsafe(ref a, (nuint)at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Load(int[] table, int at) => Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(table), (nuint)at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<int> v, ref int a, int at) => v.StoreUnsafe(ref a, (nuint)at);
}
