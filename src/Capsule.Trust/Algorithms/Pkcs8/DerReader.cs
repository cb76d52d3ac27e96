using System.Formats.Asn1;

namespace Capsule.Trust.Algorithms.Pkcs8;

/// <summary>
/// Reads DER from bytes that stay where they are; the platform's reader object would need a copy of the secret on the heap. Each call
/// throws <see cref="AsnContentException"/> for anything but what it reads.
/// </summary>
internal ref struct DerReader(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>True when the next value has this tag.</summary>
    public readonly bool Has(Asn1Tag tag) => !_rest.IsEmpty && Asn1Tag.TryDecode(_rest, out var next, out _) && next == tag;

    public readonly void ExpectEnd()
    {
        if (!IsAtEnd)
        {
            throw new AsnContentException();
        }
    }

    public DerReader ReadSequence()
    {
        AsnDecoder.ReadSequence(_rest, AsnEncodingRules.DER, out var start, out var length, out var read);
        var content = _rest.Slice(start, length);
        _rest = _rest[read..];
        return new DerReader(content);
    }

    /// <summary>An integer that fits 32 bits.</summary>
    public int ReadSmallInteger()
    {
        if (!AsnDecoder.TryReadInt32(_rest, AsnEncodingRules.DER, out var value, out var read))
        {
            throw new AsnContentException();
        }

        _rest = _rest[read..];
        return value;
    }

    public string ReadObjectIdentifier()
    {
        var value = AsnDecoder.ReadObjectIdentifier(_rest, AsnEncodingRules.DER, out var read);
        _rest = _rest[read..];
        return value;
    }

    public void ReadNull()
    {
        AsnDecoder.ReadNull(_rest, AsnEncodingRules.DER, out var read);
        _rest = _rest[read..];
    }

    /// <param name="tag">Another tag than the universal one.</param>
    public ReadOnlySpan<byte> ReadOctetString(Asn1Tag? tag = null)
    {
        if (!AsnDecoder.TryReadPrimitiveOctetString(_rest, AsnEncodingRules.DER, out var value, out var read, tag))
        {
            throw new AsnContentException();
        }

        _rest = _rest[read..];
        return value;
    }

    /// <summary>A bit string of whole bytes.</summary>
    /// <param name="tag">Another tag than the universal one.</param>
    public ReadOnlySpan<byte> ReadBitString(Asn1Tag? tag = null)
    {
        if (!AsnDecoder.TryReadPrimitiveBitString(_rest, AsnEncodingRules.DER, out var unused, out var value, out var read, tag) || unused != 0)
        {
            throw new AsnContentException();
        }

        _rest = _rest[read..];
        return value;
    }

    /// <summary>One value of any kind, with its header.</summary>
    public ReadOnlySpan<byte> ReadEncoded()
    {
        AsnDecoder.ReadEncodedValue(_rest, AsnEncodingRules.DER, out _, out _, out var read);
        var value = _rest[..read];
        _rest = _rest[read..];
        return value;
    }

    /// <summary>One value of any kind and nothing behind it, or nothing at all.</summary>
    public ReadOnlySpan<byte> ReadRest()
    {
        if (IsAtEnd)
        {
            return default;
        }

        var value = ReadEncoded();
        ExpectEnd();
        return value;
    }
}
