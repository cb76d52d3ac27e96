using System.Runtime.CompilerServices;

namespace Capsule.Trust.Algorithms.Ed25519;

/// <summary>A sum of products in 128 bits. The platform's UInt128 decides its carry by comparing; here it is taken from the flag as a number.</summary>
internal readonly struct Wide(ulong high, ulong low)
{
    public ulong Low => low;

    /// <summary>The bits from 51 on; the sum is below 2^115.</summary>
    public ulong Above51
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (high << 13) | (low >> 51);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Wide Product(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return new Wide(high, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Wide Plus(ulong a, ulong b)
    {
        var productHigh = Math.BigMul(a, b, out var productLow);
        var sum = low + productLow;
        return new Wide(high + productHigh + Unsafe.BitCast<bool, byte>(sum < productLow), sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Wide Plus(ulong addend)
    {
        var sum = low + addend;
        return new Wide(high + Unsafe.BitCast<bool, byte>(sum < addend), sum);
    }
}
