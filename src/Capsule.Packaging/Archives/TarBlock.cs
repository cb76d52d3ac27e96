using System.Text;

namespace Capsule.Packaging.Archives;

/// <summary>A 512-byte header of a tar archive (POSIX.1-2017 pax, ustar section; GNU and v7 where they differ).</summary>
internal readonly ref struct TarBlock(ReadOnlySpan<byte> bytes)
{
    public const int Length = 512;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public char Type => (char)_bytes[156];

    public bool IsZero => !_bytes.ContainsAnyExcept((byte)0);

    public bool IsUstar => _bytes.Slice(257, 6).SequenceEqual("ustar\0"u8);

    private bool IsStar => IsUstar && _bytes.Slice(508, 4).SequenceEqual("tar\0"u8);

    public ReadOnlySpan<byte> Name => Text(0, 100);

    public ReadOnlySpan<byte> LinkName => Text(157, 100);

    /// <summary>The part of a long name that goes before <see cref="Name"/>; star keeps times in its end, GNU has none.</summary>
    public ReadOnlySpan<byte> Prefix => !IsUstar ? [] : Text(345, IsStar ? 131 : 155);

    public long? Mode => Number(100, 8);

    public long? Size => Number(124, 12);

    /// <summary>True when the sum of all bytes, the field itself taken as spaces, is as stated; old tars added signed bytes.</summary>
    public bool HasRightSum
    {
        get
        {
            long unsigned = 0, signed = 0;
            for (var i = 0; i < Length; i++)
            {
                var value = i is >= 148 and < 156 ? (byte)' ' : _bytes[i];
                unsigned += value;
                signed += (sbyte)value;
            }

            return Number(148, 8) is { } stated && (stated == unsigned || stated == signed);
        }
    }

    /// <summary>True when the checksum stands as POSIX writes it: six octal digits, a zero, a space.</summary>
    public bool HasPlainSum => !_bytes.Slice(148, 6).ContainsAnyExceptInRange((byte)'0', (byte)'7') && _bytes[154] == 0 && _bytes[155] == ' ';

    private ReadOnlySpan<byte> Text(int start, int length)
    {
        var field = _bytes.Slice(start, length);
        return field.IndexOf((byte)0) is var end and >= 0 ? field[..end] : field;
    }

    /// <summary>Octal digits between spaces or zeros, or base 256 when the first bit is set; null when neither, negative, or too large.</summary>
    private long? Number(int start, int length)
    {
        var field = _bytes.Slice(start, length);
        if ((field[0] & 0x80) != 0)
        {
            if (field[0] == 0xFF)
            {
                return null;
            }

            long value = field[0] & 0x7F;
            foreach (var next in field[1..])
            {
                if (value > long.MaxValue >> 8)
                {
                    return null;
                }

                value = (value << 8) | next;
            }

            return value;
        }

        var digits = Encoding.ASCII.GetString(field).Trim(' ', '\0');
        long number = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7' || number > long.MaxValue >> 4)
            {
                return null;
            }

            number = (number << 3) | (uint)(digit - '0');
        }

        return number;
    }
}
