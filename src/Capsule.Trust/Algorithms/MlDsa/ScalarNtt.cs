namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>The NTT one coefficient at a time, for every processor (FIPS 204 algorithms 41, 42 and 45).</summary>
internal static class ScalarNtt
{
    public static void Forward(Span<int> a)
    {
        var next = 0;
        for (var length = 128; length > 0; length >>= 1)
        {
            for (var start = 0; start < Field.N; start += 2 * length)
            {
                var zeta = NttTables.Zetas[++next];
                for (var j = start; j < start + length; j++)
                {
                    var t = Field.Multiply(zeta, a[j + length]);
                    a[j + length] = a[j] - t;
                    a[j] += t;
                }
            }
        }
    }

    public static void Inverse(Span<int> a)
    {
        var next = Field.N;
        for (var length = 1; length < Field.N; length <<= 1)
        {
            for (var start = 0; start < Field.N; start += 2 * length)
            {
                var zeta = NttTables.Zetas[--next];
                for (var j = start; j < start + length; j++)
                {
                    var t = a[j];
                    a[j] = t + a[j + length];
                    a[j + length] = Field.Multiply(zeta, a[j + length] - t);
                }
            }
        }

        foreach (ref var coefficient in a)
        {
            coefficient = Field.Multiply(Field.FromNtt, coefficient);
        }
    }

    public static void Multiply(Span<int> result, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        for (var i = 0; i < Field.N; i++)
        {
            result[i] = Field.Multiply(a[i], b[i]);
        }
    }

    public static void MultiplyAdd(Span<int> sum, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        for (var i = 0; i < Field.N; i++)
        {
            sum[i] += Field.Multiply(a[i], b[i]);
        }
    }
}
