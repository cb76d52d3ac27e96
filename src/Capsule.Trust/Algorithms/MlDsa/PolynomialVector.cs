namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>Polynomials of 256 coefficients one after the other in memory that belongs to the caller.</summary>
internal readonly ref struct PolynomialVector(Span<int> coefficients)
{
    public Span<int> Coefficients { get; } = coefficients;

    public int Count => Coefficients.Length / Field.N;

    public Span<int> this[int index] => Coefficients.Slice(index * Field.N, Field.N);
}
