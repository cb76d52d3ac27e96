using System.Formats.Asn1;
using System.Numerics;

namespace Capsule.Trust.Algorithms;

/// <summary>The one DER form of an ECDSA signature: a sequence of two positive integers of at most 32 bytes (RFC 3279 2.2.3).</summary>
internal static class EcdsaDer
{
    /// <summary>Two integers of 33 bytes with their headers, and the sequence's own.</summary>
    private const int MaximumLength = 72;

    public static bool IsCanonical(ReadOnlySpan<byte> signature)
    {
        if (signature.Length is 0 or > MaximumLength)
        {
            return false;
        }

        try
        {
            var outer = new AsnReader(signature.ToArray(), AsnEncodingRules.DER);
            var sequence = outer.ReadSequence();
            var r = sequence.ReadIntegerBytes();
            var s = sequence.ReadIntegerBytes();
            sequence.ThrowIfNotEmpty();
            outer.ThrowIfNotEmpty();
            return IsPositive(r.Span) && IsPositive(s.Span) && Write(r.Span, s.Span).AsSpan().SequenceEqual(signature);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>The two integers of a canonical signature.</summary>
    public static (BigInteger R, BigInteger S) Read(ReadOnlySpan<byte> signature)
    {
        var sequence = new AsnReader(signature.ToArray(), AsnEncodingRules.DER).ReadSequence();
        return (sequence.ReadInteger(), sequence.ReadInteger());
    }

    private static bool IsPositive(ReadOnlySpan<byte> integer) =>
        (integer[0] & 0x80) == 0 && integer.IndexOfAnyExcept((byte)0) >= 0 && integer.TrimStart((byte)0).Length <= 32;

    private static byte[] Write(ReadOnlySpan<byte> r, ReadOnlySpan<byte> s)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(r);
            writer.WriteInteger(s);
        }

        return writer.Encode();
    }
}
