using System.Globalization;
using System.Text;

namespace Capsule.Packaging.Archives;

/// <summary>
/// Writes tar archives whose bytes depend on names and contents only: POSIX ustar headers, owner 0, mode 644, 755 or
/// 777, one time; a pax header (path, linkpath, size, in this order) only where ustar cannot say it. The platform's own
/// writer puts the process id and the present time into pax headers (specs: msbuild-sdk 5.3).
/// </summary>
internal sealed class TarWriter(Stream target, long time)
{
    private const long MaxUstarSize = (1L << 33) - 1;

    private static readonly byte[] Zeros = new byte[2 * TarBlock.Length];

    /// <summary>Bytes that a member takes, headers and padding included.</summary>
    public static long LengthOf(string name, long size, string? link = null) =>
        TarBlock.Length + Padded(size) + (Extension(name, size, link) is { Length: > 0 } pax ? TarBlock.Length + Padded(pax.Length) : 0);

    /// <summary>Bytes of the end of an archive.</summary>
    public static long EndLength => Zeros.Length;

    /// <summary>Writes the header of a file; exactly <paramref name="size"/> bytes and <see cref="EndMember"/> must follow.</summary>
    public void BeginFile(string name, long size, bool executable)
    {
        WriteExtension(name, size, null);
        target.Write(Header(name, size, executable ? 0x1ED : 0x1A4, '0', null));
    }

    public void EndMember(long size) => target.Write(Zeros, 0, (int)(-size & (TarBlock.Length - 1)));

    public void WriteFile(string name, ReadOnlySpan<byte> content, bool executable = false)
    {
        BeginFile(name, content.Length, executable);
        target.Write(content);
        EndMember(content.Length);
    }

    public void WriteLink(string name, string link)
    {
        WriteExtension(name, 0, link);
        target.Write(Header(name, 0, 0x1FF, '2', link));
    }

    public void End() => target.Write(Zeros);

    /// <summary>
    /// A header for a file whose size is known only after its content was written: for writing a second time over the
    /// first. Sizes from 8 GiB on are written in base 256, so that the header keeps its length.
    /// </summary>
    public byte[] LateHeader(string name, long size) => Header(name, size, 0x1A4, '0', null, lateSize: true);

    private void WriteExtension(string name, long size, string? link)
    {
        var records = Extension(name, size, link);
        if (records.Length == 0)
        {
            return;
        }

        target.Write(Header("pax/header", records.Length, 0x1A4, 'x', null));
        target.Write(records);
        EndMember(records.Length);
    }

    private static byte[] Extension(string name, long size, string? link)
    {
        var (longName, longLink) = (Split(name) is null, link is not null && (link.Length > 100 || !Ascii.IsValid(link)));
        if (!longName && !longLink && size <= MaxUstarSize)
        {
            return [];
        }

        var records = new StringBuilder();
        if (longName)
        {
            Record(records, "path", name);
        }

        if (longLink)
        {
            Record(records, "linkpath", link!);
        }

        if (size > MaxUstarSize)
        {
            Record(records, "size", size.ToString(CultureInfo.InvariantCulture));
        }

        return Encoding.UTF8.GetBytes(records.ToString());
    }

    // The length at the start of a record counts its own digits.
    private static void Record(StringBuilder records, string key, string value)
    {
        var rest = key.Length + Encoding.UTF8.GetByteCount(value) + 3;
        var length = rest + 1;
        while (length != rest + length.ToString(CultureInfo.InvariantCulture).Length)
        {
            length = rest + length.ToString(CultureInfo.InvariantCulture).Length;
        }

        records.Append(CultureInfo.InvariantCulture, $"{length} {key}={value}\n");
    }

    private byte[] Header(string name, long size, int mode, char type, string? link, bool lateSize = false)
    {
        var header = new byte[TarBlock.Length];
        var (prefix, rest) = Split(name) ?? ("", "pax/member");
        Put(header, 0, rest);
        Octal(header, 100, 8, mode);
        Octal(header, 108, 8, 0);
        Octal(header, 116, 8, 0);
        if (size <= MaxUstarSize)
        {
            Octal(header, 124, 12, size);
        }
        else if (lateSize)
        {
            header[124] = 0x80;
            System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(128), size);
        }
        else
        {
            Octal(header, 124, 12, 0);
        }

        Octal(header, 136, 12, time);
        header[156] = (byte)type;
        Put(header, 157, link is { Length: <= 100 } && Ascii.IsValid(link) ? link : "");
        "ustar\000"u8.CopyTo(header.AsSpan(257));
        Octal(header, 329, 8, 0);
        Octal(header, 337, 8, 0);
        Put(header, 345, prefix);
        header.AsSpan(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var b in header)
        {
            sum += b;
        }

        Octal(header, 148, 7, sum);
        header[154] = 0;
        return header;
    }

    /// <summary>A name as ustar holds it: up to 100 bytes, or up to 155 more before a slash; null when it does not fit.</summary>
    private static (string Prefix, string Name)? Split(string name)
    {
        if (!Ascii.IsValid(name))
        {
            return null;
        }

        if (name.Length <= 100)
        {
            return ("", name);
        }

        var slash = name.IndexOf('/', name.Length - 101);
        return slash is > 0 and <= 155 && slash < name.Length - 1 ? (name[..slash], name[(slash + 1)..]) : null;
    }

    private static void Put(byte[] header, int start, string text) => Encoding.ASCII.GetBytes(text, header.AsSpan(start));

    private static void Octal(byte[] header, int start, int length, long value)
    {
        for (var i = start + length - 2; i >= start; i--)
        {
            header[i] = (byte)('0' + (value & 7));
            value >>= 3;
        }
    }

    private static long Padded(long size) => (size + TarBlock.Length - 1) & -TarBlock.Length;
}
