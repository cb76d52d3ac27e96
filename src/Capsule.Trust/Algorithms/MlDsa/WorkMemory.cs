using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>Memory for polynomials, from the shared pool, overwritten with zeros before it goes back. Not zero at first.</summary>
internal ref struct WorkMemory : IDisposable
{
    private readonly int[] _rented;
    private readonly int _length;
    private int _taken;

    public WorkMemory(int polynomials)
    {
        _length = polynomials * Field.N;
        _rented = ArrayPool<int>.Shared.Rent(_length);
    }

    /// <summary>The next polynomials of the memory.</summary>
    public PolynomialVector Take(int polynomials)
    {
        var taken = _rented.AsSpan(0, _length).Slice(_taken, polynomials * Field.N);
        _taken += taken.Length;
        return new PolynomialVector(taken);
    }

    public readonly void Dispose()
    {
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_rented.AsSpan(0, _length)));
        ArrayPool<int>.Shared.Return(_rented);
    }
}
